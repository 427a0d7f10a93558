"""The page of a case: opened by number and code only, honest about its terms, silent about what is internal."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from aiohttp import FormData
from sqlalchemy import text as sql
from structlog.testing import capture_logs

from bot.app import Core
from bot.core.case import CaseKind, CaseState, EventKind
from bot.core.case_rules import Assign, Classify, Close, Extend, Forward, Investigate, Notify, PauseCase, Reopen, Resume
from bot.core.clock import local
from bot.services.cases import access as access_module
from bot.settings import Settings
from bot.storage import cases, guesses
from channels.web.case_form import read_number
from tests.channels.filed import (
    CODE,
    DECIDED,
    DECISION,
    MONDAY,
    OFFICIAL,
    UNIT,
    WORKED_ON,
    ask,
    done,
    filed,
    page,
)
from tests.conftest import WebClient
from tests.fakes import FakeClock

NUMBER, UNKNOWN = "TR-2026-000001", "TR-2026-000999"
WRONG = "7K3M-Q2XW-90TC"


@pytest.fixture
def clock() -> FakeClock:
    """A Monday on which the office is open."""
    return FakeClock(MONDAY)


def words(html: str) -> str:
    """Return what is read on a page: no tags, single spaces."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


class TestForm:
    """What is asked."""

    async def test_the_form_has_labels_hints_and_help_for_phones(self, client: WebClient) -> None:
        text = await (await client.get("/case")).text()
        for name, label in (("number", "Registracijos numeris"), ("code", "Prieigos kodas")):
            field = re.search(rf'<input id="(\w+)" name="{name}"[^>]*>', text)
            assert field is not None
            assert f'<label for="{field[1]}">{label}</label>' in text
            for attribute in ('autocomplete="off"', 'autocapitalize="characters"', 'spellcheck="false"', "required"):
                assert attribute in field[0]
            hint = re.search(r'aria-describedby="([\w-]+)"', field[0])
            assert hint is not None
            assert f'id="{hint[1]}"' in text
        assert 'method="post" action="/case"' in text

    async def test_nothing_needs_javascript(self, client: WebClient, core: Core) -> None:
        case = await filed(core)
        for text in (await (await client.get("/case")).text(), await page(client, case.number)):
            assert "<script" not in text
            assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text)

    async def test_forms_may_go_to_this_server_on_these_pages_only(self, client: WebClient, core: Core) -> None:
        case = await filed(core)
        for response in (
            await client.get("/case"),
            await client.get("/case/confirm/abc"),
            await client.post("/case/confirm/abc"),
            await ask(client, case.number),
            await ask(client, UNKNOWN),
            await ask(client, case.number, step="withdraw"),
        ):
            policy = response.headers["Content-Security-Policy"]
            assert "form-action 'self'" in policy
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            # Without it browsers hide the origin, and a foreign form could not be told from ours.
            assert response.headers["Referrer-Policy"] == "same-origin"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Cache-Control"] == "no-store"
        assert "form-action 'none'" in (await client.get("/")).headers["Content-Security-Policy"]

    async def test_the_pages_lead_here(self, client: WebClient) -> None:
        for path in ("/", "/m/trakai", "/m/varena", "/m/alytus-r"):
            assert 'href="/case"' in await (await client.get(path)).text()


class TestOpening:
    """Who may see a case."""

    async def test_the_right_pair_shows_the_case(self, client: WebClient, core: Core) -> None:
        text = words(await page(client, (await filed(core)).number))
        for said in (NUMBER, "Skundas", "Užregistruotas", "Trakų rajono savivaldybė", "Vaiko nepriėmė į darželį"):
            assert said in text

    @pytest.mark.parametrize(
        ("number", "code"),
        [
            ("tr-2026-000001", "7k3m-q2xw-90tb"),
            ("  TR 2026 000001 ", " 7K3M Q2XW 90TB "),
            ("TR-2026-1", "7K3MQ2XW90TB"),
            ("tr2026000001", "7k3mq2xw90tb"),
            ("TR – 2026 – 000001", "7K3M–Q2XW–90TB"),
            ("TR-2O26-OOOOO1", "7K3M-Q2XW-9OTB"),
            ("TR-2026-00000I", "7K3M.Q2XW.90TB"),
            ("Nr. TR-2026-000001", "7K3M_Q2XW_90TB"),
        ],
    )
    async def test_small_slips_in_writing_are_forgiven(
        self, client: WebClient, core: Core, number: str, code: str
    ) -> None:
        await filed(core)
        assert NUMBER in await page(client, number, code)

    async def test_an_unknown_number_and_a_wrong_code_look_the_same(self, client: WebClient, core: Core) -> None:
        await filed(core)
        answers = [
            await ask(client, NUMBER, WRONG),
            await ask(client, UNKNOWN, CODE),
            await ask(client, NUMBER, "labas"),
            await ask(client, "labas", CODE),
            await ask(client, "", ""),
            await ask(client, "<b>", "\x00"),
            await client.post("/case"),
            await client.post(
                "/case", data=b"\xff\xfe%ff=%zz&number=\xed\xa0\x80", headers={"Content-Type": URLENCODED}
            ),
            await client.post(
                "/case", data="&".join("number=1" for _ in range(99)), headers={"Content-Type": URLENCODED}
            ),
            await client.post("/case", json={"number": NUMBER, "code": CODE}),
            await client.post("/case", data=FormData({"number": NUMBER, "code": CODE}, default_to_multipart=True)),
        ]
        assert {response.status for response in answers} == {404}
        assert len({await response.read() for response in answers}) == 1
        assert len({tuple(sorted({**r.headers, "Date": ""}.items())) for r in answers}) == 1
        assert "Tokio numerio ir kodo derinio nėra" in await answers[0].text()

    async def test_every_wrong_pair_costs_the_same_work(
        self, client: WebClient, core: Core, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await filed(core)
        steps: list[str] = []
        for module, name in ((guesses, "of_number"), (cases, "code_hash"), (guesses, "count")):
            original = getattr(module, name)

            async def counted(*given: object, _name: str = name, _original: object = original) -> object:
                steps.append(_name)
                return await _original(*given)  # type: ignore[operator]

            monkeypatch.setattr(module, name, counted)
        for number, code in ((NUMBER, WRONG), (UNKNOWN, CODE), ("labas", CODE), (NUMBER, "labas"), ("", "")):
            steps.clear()
            await ask(client, number, code)
            assert steps == ["of_number", "code_hash", "count"]

    @pytest.mark.parametrize("number", [NUMBER, UNKNOWN, "labas"])
    async def test_many_wrong_codes_lock_any_number_alike(
        self, client: WebClient, core: Core, clock: FakeClock, number: str
    ) -> None:
        await filed(core)
        for _ in range(access_module.FREE_TRIES):
            assert (await ask(client, number, WRONG)).status == 404
        locked = await ask(client, number, CODE)
        assert (locked.status, locked.headers["Retry-After"]) == (429, "30")
        assert "Bandykite dar kartą po 1 minutės." in await locked.text()
        clock.move(seconds=31)
        assert (await ask(client, number, WRONG)).status == 404
        clock.move(seconds=1)
        assert "po 1 minutės" in await (await ask(client, number, WRONG)).text()

    async def test_the_right_code_opens_again_after_the_wait(
        self, client: WebClient, core: Core, clock: FakeClock
    ) -> None:
        await filed(core)
        for _ in range(access_module.FREE_TRIES):
            await ask(client, NUMBER, WRONG)
        assert (await ask(client, NUMBER)).status == 429
        clock.move(seconds=31)
        await page(client, NUMBER)
        assert (await ask(client, NUMBER, WRONG)).status == 404

    async def test_a_thousand_guesses_are_locked_and_alarmed(self, client: WebClient, core: Core) -> None:
        await filed(core)
        with capture_logs() as logs:
            statuses = [(await ask(client, NUMBER, f"7K3M-Q2XW-{guess:04}")).status for guess in range(1000)]
        assert statuses == [404] * access_module.FREE_TRIES + [429] * (1000 - access_module.FREE_TRIES)
        (alarm,) = (entry for entry in logs if entry["event"] == "access_code_guessed")
        assert (alarm["log_level"], alarm["number"], alarm["locked_seconds"]) == ("warning", NUMBER, 30)

    async def test_patient_guessing_waits_ever_longer(self, client: WebClient, core: Core, clock: FakeClock) -> None:
        await filed(core)
        waits = []
        for _ in range(12):
            refused = await ask(client, NUMBER, WRONG)
            if refused.status == 429:
                waits.append(int(refused.headers["Retry-After"]))
                clock.move(seconds=waits[-1] + 1)
        assert waits == [30, 60, 120, 240]

    async def test_the_wait_is_told_in_whole_minutes(self, client: WebClient, core: Core, clock: FakeClock) -> None:
        await filed(core)
        said = ""
        for _ in range(40):
            refused = await ask(client, NUMBER, WRONG)
            if refused.status == 429:
                said = words(await refused.text())
                clock.move(seconds=int(refused.headers["Retry-After"]) + 1)
        assert "Bandykite dar kartą po 15 minučių." in said

    async def test_number_and_code_are_in_no_url_and_no_log(self, client: WebClient, core: Core) -> None:
        case = await filed(core)
        with capture_logs() as logs:
            answers = [
                await ask(client, NUMBER),
                await ask(client, NUMBER, step="withdraw"),
                await ask(client, CODE, NUMBER),
            ]
            # The fields mixed up: the code stands where the number belongs.
            answers += [await ask(client, CODE, CODE) for _ in range(access_module.FREE_TRIES)]
        for response in answers:
            assert response.url.path == "/case"
            assert not response.url.query_string
            assert not response.history
            assert "Location" not in response.headers
            found = re.findall(r'(?:href|src|action)="([^"]*)"', await response.text())
            assert [url for url in found if case.number in url or CODE in url] == []
        written = repr(logs)
        assert case.number not in written
        assert CODE not in written
        assert "7K3M" not in written

    async def test_the_address_gives_nothing(self, client: WebClient, core: Core) -> None:
        await filed(core)
        response = await client.get("/case", params={"number": NUMBER, "code": CODE})
        text = await response.text()
        assert NUMBER not in text
        assert text == await (await client.get("/case")).text()

    @pytest.mark.parametrize(
        "origin", ["https://evil.example", "null", "", "http://127.0.0.1:1", "https://www.trakai.lt"]
    )
    @pytest.mark.parametrize("path", ["/case", "/case/confirm/slaptas"])
    async def test_a_form_of_a_foreign_origin_is_refused(
        self, client: WebClient, core: Core, path: str, origin: str
    ) -> None:
        await filed(core)
        fields = {"number": NUMBER, "code": CODE, "step": "withdraw_surely"}
        response = await client.post(path, data=fields, headers={"Origin": origin})
        assert response.status == 403
        assert NUMBER not in await response.text()
        assert (await core.desk.get(NUMBER)).case.state is CaseState.RECEIVED

    async def test_a_body_that_is_too_large_is_refused(self, client: WebClient) -> None:
        response = await client.post("/case", data={"number": "9" * 100_000}, headers={"Accept": "text/html"})
        assert response.status == 413

    async def test_an_error_inside_tells_no_secret(self, client: WebClient, core: Core) -> None:
        core.case_identity._database = None  # type: ignore[assignment]
        with capture_logs() as logs:
            response = await client.post("/case/confirm/slaptas-zodis")
        assert response.status == 500
        (failed,) = (entry for entry in logs if entry["event"] == "request_failed")
        assert failed["route"] == "/case/confirm/{token}"
        assert "slaptas-zodis" not in repr(logs)


URLENCODED = "application/x-www-form-urlencoded"


class TestBehindProxy:
    """A proxy that asks the server by a name of its own."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """Settings that name the address that residents know."""
        return replace(settings, public_url="https://Langelis.trakai.lt/")

    @pytest.mark.parametrize(("origin", "status"), [("https://langelis.trakai.lt", 200), ("https://trakai.lt", 403)])
    async def test_a_form_of_the_public_address_is_our_own(
        self, client: WebClient, core: Core, origin: str, status: int
    ) -> None:
        await filed(core)
        fields = {"number": NUMBER, "code": CODE}
        assert (await client.post("/case", data=fields, headers={"Origin": origin})).status == status


class TestAddressLimit:
    """The limit that all ways in share."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """Settings that let twenty requests through at once."""
        return replace(settings, address_messages_per_minute=60)

    async def test_a_flood_from_one_address_is_refused(self, client: WebClient, core: Core) -> None:
        await filed(core)
        answers = [await ask(client, f"TR-2026-{number:06}", WRONG) for number in range(100, 160)]
        refused = [response for response in answers if response.status == 429]
        assert len(refused) >= 20
        assert all(int(response.headers["Retry-After"]) >= 1 for response in refused)
        assert "per daug užklausų" in await refused[0].text()
        assert (await client.get("/case")).status == 200


@pytest.mark.parametrize(
    ("typed", "number"),
    [("TR-2026-000123", "TR-2026-000123"), ("alr 2026 123", "ALR-2026-000123"), ("TR-2O26-I23", "TR-2026-000123")],
)
def test_a_number_is_read_as_it_is_written(typed: str, number: str) -> None:
    assert read_number(typed) == number


def test_what_is_no_number_gets_a_stand_in_that_says_nothing_and_fits_its_column() -> None:
    stand_ins = {read_number(typed) for typed in ("", "labas", CODE, "TR-2026", "9" * 1000, "\udcff", "\x00")}
    assert len(stand_ins) == 7
    assert all(re.fullmatch(r"\?[0-9a-f]{31}", found) for found in stand_ins)


class TestTerms:
    """Both clocks, day by day."""

    async def test_both_due_days_are_shown(self, client: WebClient, core: Core) -> None:
        text = words(await page(client, (await filed(core)).number))
        # 2026-11-23 received; 5 working days → 11-30; 20 working days, with Christmas between → 12-21.
        assert "Pagal piliečių chartiją iki 2026-11-30 (pirmadienis) Liko 5 darbo dienos." in text
        assert "Pagal įstatymą iki 2026-12-21 (pirmadienis) Liko 20 darbo dienų." in text

    async def test_each_day_says_how_it_counts(self, client: WebClient, core: Core, clock: FakeClock) -> None:
        clock.move(days=28)
        text = words(await page(client, (await filed(core)).number))
        for line in (
            "2026-12-21 pirmadienis Gavimo diena, ji neskaičiuojama",
            "2026-12-22 antradienis 1-oji darbo diena",
            "2026-12-24 ketvirtadienis Šventė: Kūčių diena",
            "2026-12-27 sekmadienis Savaitgalis",
            "2027-01-01 penktadienis Šventė: Naujųjų metų diena",
        ):
            assert line in text, text
        assert "20-oji darbo diena" in text

    async def test_what_comes_after_hours_is_received_the_next_working_day(
        self, client: WebClient, core: Core, clock: FakeClock
    ) -> None:
        clock.move(hours=12)
        text = words(await page(client, (await filed(core)).number))
        assert "Pateikta 2026-11-23 22:00 Gavimo diena 2026-11-24 Kreipinį pateikėte ne darbo metu" in text

    @pytest.mark.parametrize("municipality", ["varena", "alytus-r"])
    async def test_without_a_promise_in_the_charter_only_the_law_counts(
        self, client: WebClient, core: Core, municipality: str
    ) -> None:
        text = words(await page(client, (await filed(core, municipality=municipality)).number))
        assert "Pagal įstatymą iki 2026-12-21" in text
        assert "Pagal piliečių chartiją" not in text

    @pytest.mark.parametrize("kind", [CaseKind.SUGGESTION, CaseKind.PRAISE])
    async def test_praise_and_suggestions_have_no_term(self, client: WebClient, core: Core, kind: CaseKind) -> None:
        text = words(await page(client, (await filed(core, kind=kind)).number))
        assert "Šios rūšies kreipiniui nagrinėti terminas nenustatytas." in text
        assert "iki 20" not in text
        assert "apskųsti" not in text

    async def test_overdue_is_said_honestly(self, client: WebClient, core: Core, clock: FakeClock) -> None:
        case = await filed(core)
        clock.move(days=7)
        assert "Terminas baigiasi šiandien." in words(await page(client, case.number))
        clock.move(days=1)
        text = words(await page(client, case.number))
        late = "iki 2026-11-30 (pirmadienis) Terminas praleistas: kreipinys jau turėjo būti išnagrinėtas, bet to dar"
        assert late in text
        assert "Liko 14 darbo dienų." in text
        clock.move(days=60)
        assert words(await page(client, case.number)).count("Terminas praleistas:") == 2

    async def test_a_late_decision_stays_late(self, client: WebClient, core: Core, clock: FakeClock) -> None:
        case = await filed(core, *WORKED_ON)
        clock.move(days=10)
        await done(core, case, DECIDED[-1])
        text = words(await page(client, case.number))
        assert "Termino nesilaikyta: kreipinio nagrinėjimas baigtas tik 2026-12-03." in text
        assert "Termino laikytasi." in text

    async def test_an_extension_is_counted_and_its_reason_told(self, client: WebClient, core: Core) -> None:
        case = await filed(core, *WORKED_ON, Extend(days=10, reason="Laukiama mokyklos dokumentų."))
        text = words(await page(client, case.number))
        assert "Nagrinėjimo terminas pratęstas 10 darbo dienų. Priežastis: Laukiama mokyklos dokumentų." in text
        assert "Šis terminas pratęstas dar 10 darbo dienų." in text
        assert "30-oji darbo diena (pratęstas terminas)" in text
        assert "Pagal įstatymą iki 2027-01-07" in text

    async def test_a_pause_stops_the_law_and_not_the_charter(
        self, client: WebClient, core: Core, clock: FakeClock
    ) -> None:
        case = await filed(core, *WORKED_ON, PauseCase(reason="Prašoma nuomonės."))
        text = words(await page(client, case.number))
        assert "Nagrinėjimas sustabdytas, todėl šio termino pabaigos dienos dabar nėra." in text
        assert "Pagal piliečių chartiją iki 2026-11-30" in text
        assert "Nagrinėjimas sustabdytas. Priežastis: Prašoma nuomonės." in text
        clock.move(days=14)
        await done(core, case, Resume(note="Vidinė pastaba"))
        text = words(await page(client, case.number))
        assert "2026-11-24 – 2026-12-06 Nagrinėjimas sustabdytas" in text
        assert "Nagrinėjimas atnaujintas." in text
        assert "Vidinė pastaba" not in text


class TestShown:
    """What a resident reads, and what not."""

    async def test_the_unit_is_named_and_no_person(self, client: WebClient, core: Core) -> None:
        html = await page(client, (await filed(core, *WORKED_ON)).number)
        assert "Padalinys: Švietimo skyrius." in words(html)
        for secret in (UNIT.person, UNIT.email, OFFICIAL.name, "Petraitis", "Vidinė pastaba", "ona@example.lt"):
            assert str(secret) not in html

    async def test_the_history_tells_what_matters_in_its_order(self, client: WebClient, core: Core) -> None:
        case = await filed(
            core,
            Classify(kind=CaseKind.REQUEST, complained_about=None, reason="Vidinis svarstymas"),
            Classify(complained_about="Darželio vedėja", reason="Vidinis svarstymas"),
            *DECIDED,
            Notify(how="paštu"),
            Close(reason="Vidinė priežastis"),
        )
        html = await page(client, case.number)
        shown = re.findall(r"<li>\s*<time[^>]*>[^<]*</time>\s*<p>([^<]*)</p>", html)
        assert shown == [
            "Kreipinys gautas ir užregistruotas.",
            "Jums patvirtinta, kad kreipinys gautas.",
            "Nustatyta kreipinio rūšis: prašymas.",
            "Kreipinys paskirtas nagrinėti. Padalinys: Švietimo skyrius.",
            "Kreipinys pradėtas nagrinėti.",
            "Priimtas sprendimas Nr. P2E-77.",
            "Apie sprendimą Jums pranešta.",
            "Kreipinys užbaigtas.",
        ]
        for internal in ("Vidin", "vedėja", "paštu"):
            assert internal not in html

    async def test_forwarding_and_reopening_are_told(self, client: WebClient, core: Core) -> None:
        forwarded = Forward(to="Valstybinė ligonių kasa", reason="Ne savivaldybės kompetencija")
        case = await filed(core, Assign(assignee=UNIT), forwarded)
        text = words(await page(client, case.number))
        assert "Kreipinys perduotas kitai institucijai: Valstybinė ligonių kasa." in text
        assert "Perduotas kitai institucijai" in text
        await done(core, case, Reopen(reason="Klaida"))
        assert "Kreipinys vėl pradėtas nagrinėti." in words(await page(client, case.number))

    async def test_reminders_and_erasure_are_never_in_the_history(self, client: WebClient, core: Core) -> None:
        case = await filed(core)
        await _add_event(core, case.id, 3, EventKind.REMINDED)
        await _add_event(core, case.id, 4, EventKind.ERASED)
        await _add_event(core, case.id, 5, EventKind.ASSESSED)
        html = await page(client, case.number)
        assert len(re.findall(r"<li>\s*<time", html)) == 2

    async def test_every_other_event_has_its_words(self, client: WebClient, core: Core) -> None:
        case = await filed(core)
        shown = [kind for kind in EventKind if kind.value not in {"reminded", "erased", "assessed", "classified"}]
        for seq, kind in enumerate(shown, 3):
            await _add_event(core, case.id, seq, kind)
        html = await page(client, case.number)
        told = re.findall(r"<li>\s*<time[^>]*>[^<]*</time>\s*<p>([^<]*)</p>", html)
        assert len(told) == 2 + len(shown)
        # Retention empties what an event held: the words do without it.
        assert [text for text in told if re.search(r"None|Undefined| [.,:]|[^.]$", text)] == []

    @pytest.mark.parametrize("state", list(CaseState))
    @pytest.mark.parametrize("kind", [CaseKind.CHARTER_NOTICE, CaseKind.SUGGESTION])
    async def test_every_state_of_every_kind_has_a_page(
        self, client: WebClient, core: Core, state: CaseState, kind: CaseKind
    ) -> None:
        case = await filed(core, kind=kind)
        async with core.database.write() as session:
            await session.execute(sql("UPDATE cases SET state = :state"), {"state": state.value})
        text = words(await page(client, case.number))
        assert core.texts.render(f"case.state.{state.value}") in text
        assert core.texts.render(f"case.next.{state.value}") in text
        assert core.texts.render(f"case.kind.{kind.value}") in text

    async def test_the_decision_is_shown_with_its_eight_items(self, client: WebClient, core: Core) -> None:
        text = words(await page(client, (await filed(core, *DECIDED)).number))
        for item in DECISION.as_data().values():
            assert str(item) in text
        assert "Priimtas sprendimas" in text

    async def test_a_complaint_says_how_to_appeal(self, client: WebClient, core: Core) -> None:
        text = words(await page(client, (await filed(core)).number))
        assert "Lietuvos administracinių ginčų komisijai" in text
        assert "1 mėnesį" in text
        assert "2 mėnesius" in text

    async def test_what_people_wrote_is_escaped(self, client: WebClient, core: Core) -> None:
        hostile = '<script>alert("x")</script>" onclick="x'
        case = await filed(
            core,
            Assign(assignee=replace(UNIT, unit=hostile)),
            Investigate(),
            Extend(days=1, reason=hostile),
            replace(DECIDED[-1], decision=replace(DECISION, ruling=hostile)),
            description=hostile,
            outcome=hostile,
            complained_about=f"{hostile}yz",
            happened_text=hostile,
        )
        html = await page(client, case.number)
        assert html.count("&lt;script&gt;") >= 6
        assert "<script" not in html
        assert '" onclick' not in html

    async def test_after_retention_the_texts_are_said_to_be_gone(
        self, client: WebClient, core: Core, clock: FakeClock
    ) -> None:
        case = await filed(core, *DECIDED)
        async with core.database.write() as session:
            erased = "UPDATE cases SET description = '', outcome = NULL, contact_email = NULL, erased_at = :at"
            await session.execute(sql(erased), {"at": clock.now().replace(tzinfo=None).isoformat(sep=" ")})
            await session.execute(sql("UPDATE case_events SET data = '{}'"))
        text = words(await page(client, case.number))
        assert f"{local(clock.now()).date()} Jūsų tekstas ir kontaktai buvo ištrinti" in text
        assert "Vaiko nepriėmė" not in text
        assert "Kas nutiko" not in text
        assert "Kreipinys paskirtas nagrinėti." in text


class TestWithdrawing:
    """Taking a case back, after a question."""

    async def test_the_question_says_what_follows_and_does_nothing_yet(self, client: WebClient, core: Core) -> None:
        case = await filed(core)
        text = words(await page(client, case.number, step="withdraw"))
        assert f"Ar tikrai atsiimti kreipinį {NUMBER} ?" in text
        assert "Savivaldybė kreipinio nebenagrinės" in text
        assert "Atšaukti to nebegalėsite" in text
        assert "galėsite pateikti naują" in text
        assert (await core.desk.get(case.number)).case.state is CaseState.RECEIVED

    async def test_withdrawing_works_once(self, client: WebClient, core: Core) -> None:
        case = await filed(core)
        text = words(await page(client, case.number, step="withdraw_surely"))
        assert "Kreipinys atsiimtas. Savivaldybė jo nebenagrinės." in text
        assert "Kreipinį atsiėmėte." in text
        for step in ("withdraw_surely", "withdraw"):
            again = await ask(client, case.number, step=step)
            assert again.status == 409
            assert "Šio kreipinio atsiimti nebegalima" in await again.text()
        history = (await core.desk.get(case.number)).case.history
        assert [event.kind for event in history].count(EventKind.WITHDRAWN) == 1

    @pytest.mark.parametrize("step", ["withdraw", "withdraw_surely"])
    async def test_withdrawing_needs_the_code(self, client: WebClient, core: Core, step: str) -> None:
        case = await filed(core)
        assert (await ask(client, case.number, WRONG, step=step)).status == 404
        assert (await core.desk.get(case.number)).case.state is CaseState.RECEIVED

    async def test_it_is_offered_while_the_case_runs_only(self, client: WebClient, core: Core) -> None:
        case = await filed(core, *WORKED_ON)
        assert "Atsiimti kreipinį" in await page(client, case.number)
        await done(core, case, DECIDED[-1])
        assert "Atsiimti kreipinį" not in await page(client, case.number)

    async def test_an_unknown_step_only_shows(self, client: WebClient, core: Core) -> None:
        case = await filed(core)
        await page(client, case.number, step="erase")
        assert (await core.desk.get(case.number)).case.state is CaseState.RECEIVED


class TestConfirming:
    """The link in the mail."""

    @pytest.fixture
    def token(self, monkeypatch: pytest.MonkeyPatch) -> str:
        """The secret of the next case's link."""
        monkeypatch.setattr("bot.services.cases.desk.secrets.token_urlsafe", lambda _size: "slaptas-zodis")
        return "slaptas-zodis"

    async def test_confirming_needs_a_press_of_the_button(self, client: WebClient, core: Core, token: str) -> None:
        case = await filed(core)
        for _ in range(3):
            followed = await client.get(f"/case/confirm/{token}")
            assert followed.status == 200
            assert '<button class="action" type="submit">Patvirtinti adresą</button>' in await followed.text()
        assert len((await core.desk.get(case.number)).case.history) == 2
        pressed = await client.post(f"/case/confirm/{token}")
        assert pressed.status == 200
        assert "Jūsų el. pašto adresas patvirtintas" in await pressed.text()
        assert "Patvirtinote savo el. pašto adresą." in await page(client, case.number)

    async def test_a_used_and_an_unknown_link_get_the_same_kind_sentence(
        self, client: WebClient, core: Core, token: str
    ) -> None:
        await filed(core)
        await client.post(f"/case/confirm/{token}")
        again, unknown = await client.post(f"/case/confirm/{token}"), await client.post("/case/confirm/nera")
        assert again.status == unknown.status == 404
        assert await again.text() == await unknown.text()
        assert "Ši nuoroda nebegalioja." in await again.text()

    async def test_a_link_tells_nothing_before_the_button(self, client: WebClient, core: Core, token: str) -> None:
        await filed(core)
        known, unknown = await client.get(f"/case/confirm/{token}"), await client.get("/case/confirm/nera")
        assert await known.text() == await unknown.text()
        assert token not in await known.text()


async def _add_event(core: Core, case_id: int, seq: int, kind: EventKind) -> None:
    statement = (
        "INSERT INTO case_events (case_id, seq, kind, at, actor_kind, data)"
        " VALUES (:case_id, :seq, :kind, :at, 'system', '{}')"
    )
    at = core.clock.now().replace(tzinfo=None).isoformat(sep=" ")
    async with core.database.write() as session:
        await session.execute(sql(statement), {"case_id": case_id, "seq": seq, "kind": kind.value, "at": at})
