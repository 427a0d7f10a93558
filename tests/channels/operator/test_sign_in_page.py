"""Signing in by forms, as a browser without JavaScript does it."""

from __future__ import annotations

import re
from http.cookies import Morsel

import pytest
from aiohttp import ClientResponse
from multidict import CIMultiDictProxy

from bot.app import Core
from bot.core.audit import COMMAND_LINE
from bot.core.operators import Role
from bot.services.people import throttle
from bot.services.people.accounts import NewOperator
from bot.storage.sessions import Stage
from channels.web.operator.cookies import COOKIE
from tests.channels.operator.console import SIGN_IN, Console, console, heading
from tests.conftest import WebClient
from tests.fakes import FakeClock
from tests.people import ADDRESS, PASSWORD, actions_of, code_of, hired, with_totp

WRONG = "ne tas slaptažodis"
JONAS = NewOperator(login="jonas", display_name="Jonas", role=Role.OPERATOR, municipalities=frozenset({"varena"}))
FORMS = ("password", "code", "new_password")


async def submit(client: WebClient, *, headers: dict[str, str] | None = None, **fields: str) -> ClientResponse:
    """Send a form; redirects are looked at, not followed."""
    return await client.post(SIGN_IN, data=fields, headers=headers, allow_redirects=False)


async def enter(client: WebClient, login: str = "rima", password: str = PASSWORD, **more: str) -> ClientResponse:
    """Send login and password."""
    return await submit(client, login=login, password=password, step="password", headers=more)


def cookie_of(response: ClientResponse) -> Morsel[str]:
    """Return the session's cookie as it was set."""
    return response.cookies[COOKIE]


async def at_stage(client: WebClient, core: Core, clock: FakeClock, stage: Stage) -> str:
    """Bring a browser to a stage; return the page that is shown there."""
    if stage is Stage.NEW_PASSWORD:
        made = await core.people.accounts.add(COMMAND_LINE, JONAS)
        await enter(client, "jonas", made.password)
    elif stage is Stage.CODE:
        await hired(core.people)
        await with_totp(core.people, clock)
        await enter(client)
    return await (await client.get(SIGN_IN)).text()


class TestWay:
    """From the form into the console."""

    async def test_who_is_not_signed_in_is_led_to_the_form(self, client: WebClient) -> None:
        response = await client.get("/operator")
        assert response.url.path == SIGN_IN
        assert heading(await response.text()) == "Darbuotojų prisijungimas"

    async def test_the_right_password_leads_to_the_console(self, client: WebClient, core: Core) -> None:
        await hired(core.people)
        response = await enter(client)
        assert (response.status, response.headers["Location"]) == (303, "/operator")
        page = await client.get("/operator")
        assert page.url.path == "/operator"
        assert "<langelis-console>" in await page.text()
        assert (await client.get(SIGN_IN)).url.path == "/operator"

    async def test_a_code_is_asked_on_a_second_page(self, client: WebClient, core: Core, clock: FakeClock) -> None:
        await hired(core.people)
        secret = await with_totp(core.people, clock)
        response = await enter(client)
        assert (response.status, response.headers["Location"]) == (303, SIGN_IN)
        assert heading(await (await client.get(SIGN_IN)).text()) == "Vienkartinis kodas"
        assert (await client.get("/operator")).url.path == SIGN_IN
        wrong = await submit(client, step="code", code="000 00x")
        assert wrong.status == 401
        assert "Kodas neteisingas" in await wrong.text()
        right = await submit(client, step="code", code=code_of(secret, clock))
        assert (right.status, right.headers["Location"]) == (303, "/operator")
        assert (await client.get("/operator")).url.path == "/operator"

    async def test_a_one_time_password_must_be_changed(self, client: WebClient, core: Core, clock: FakeClock) -> None:
        assert heading(await at_stage(client, core, clock, Stage.NEW_PASSWORD)) == "Sugalvokite savo slaptažodį"
        assert (await client.get("/operator")).url.path == SIGN_IN
        assert (await client.get("/operator/api/me")).status == 401
        for password, repeated, said in (
            (PASSWORD, WRONG, "nesutampa"),
            ("kR7#pQ2!", "kR7#pQ2!", "per trumpas"),
            ("jonas1234567", "jonas1234567", "panašus į prisijungimo vardą"),
        ):
            bad = await submit(client, step="new_password", password=password, repeated=repeated)
            assert bad.status == 400
            text = await bad.text()
            assert said in text
            assert password not in text
        good = await submit(client, step="new_password", password=PASSWORD, repeated=PASSWORD)
        assert (good.status, good.headers["Location"]) == (303, "/operator")
        assert (await client.get("/operator")).url.path == "/operator"

    async def test_another_name_can_be_chosen_half_way(self, client: WebClient, core: Core, clock: FakeClock) -> None:
        await at_stage(client, core, clock, Stage.CODE)
        await submit(client, step="cancel")
        assert heading(await (await client.get(SIGN_IN)).text()) == "Darbuotojų prisijungimas"

    async def test_who_waits_too_long_begins_anew(self, client: WebClient, core: Core, clock: FakeClock) -> None:
        await at_stage(client, core, clock, Stage.CODE)
        clock.move(minutes=11)
        late = await submit(client, step="code", code="123456")
        assert late.status == 401
        assert "Prisijunkite iš naujo" in await late.text()

    async def test_an_expired_session_leads_back_to_the_form(
        self, client: WebClient, core: Core, clock: FakeClock
    ) -> None:
        await hired(core.people)
        await enter(client)
        clock.move(hours=12)
        assert (await client.get("/operator")).url.path == SIGN_IN
        assert (await client.get("/operator/api/me")).status == 401

    async def test_signing_out_ends_the_session_and_says_so(self, client: WebClient, core: Core) -> None:
        await hired(core.people)
        token = cookie_of(await enter(client)).value
        response = await client.post("/operator/sign-out")
        assert response.url.path == SIGN_IN
        assert "Atsijungėte." in await response.text()
        old = await client.get("/operator/api/me", headers={"Cookie": f"{COOKIE}={token}"})
        assert old.status == 401
        assert (await actions_of(core.people))[-1] == "signed_out"
        assert (await client.post("/operator/sign-out")).status == 200

    async def test_a_link_in_a_mail_asks_once_more_so_that_the_cookie_comes(
        self, client: WebClient, core: Core
    ) -> None:
        await hired(core.people)
        response = await client.get("/operator?case=TR-1&x=<b>", headers={"Sec-Fetch-Site": "cross-site"})
        text = await response.text()
        assert response.status == 200
        assert '<meta http-equiv="refresh" content="0; url=/operator?case=TR-1&amp;x=' in text
        assert "<b>" not in text


class TestRefusals:
    """What is not let in."""

    async def test_wrong_pairs_get_the_very_same_page(self, client: WebClient, core: Core) -> None:
        await hired(core.people)
        await core.people.accounts.disable(COMMAND_LINE, (await hired(core.people, "ona")).id)
        pages: set[str] = set()
        for login, password in (("rima", WRONG), ("nera", PASSWORD), ("ona", PASSWORD), ("rima", "")):
            response = await enter(client, login, password)
            assert response.status == 401
            assert COOKIE not in response.cookies
            pages.add((await response.text()).replace(f'value="{login}"', 'value=""'))
        assert len(pages) == 1
        assert "Prisijungimo vardas arba slaptažodis neteisingas" in pages.pop()

    async def test_waits_are_told(self, client: WebClient, core: Core) -> None:
        await hired(core.people)
        for _ in range(throttle.BY_ACCOUNT.free):
            assert (await enter(client, password=WRONG)).status == 401
        waits = await enter(client)
        assert (waits.status, waits.headers["Retry-After"]) == (429, "30")
        assert "Bandykite dar kartą po 1 minutės." in await waits.text()

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1"},
        ],
        ids=str,
    )
    async def test_a_form_of_a_foreign_page_is_refused(
        self, client: WebClient, core: Core, headers: dict[str, str]
    ) -> None:
        await hired(core.people)
        response = await enter(client, **headers)
        assert response.status == 403
        assert not response.cookies
        assert "iš kitos svetainės" in await response.text()
        await enter(client)
        await client.post("/operator/sign-out", headers=headers)
        assert (await client.get("/operator")).url.path == "/operator"

    async def test_an_own_form_is_taken(self, client: WebClient, core: Core) -> None:
        await hired(core.people)
        origin = f"http://127.0.0.1:{client.port}"
        assert (await enter(client, Origin=origin, **{"Sec-Fetch-Site": "same-origin"})).status == 303

    @pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"login", b"&" * 50, b"a=1&" * 9, b'{"login": "rima"}'])
    async def test_what_is_no_form_gets_the_form(self, client: WebClient, body: bytes) -> None:
        for kind in ("application/x-www-form-urlencoded", "application/json", "text/plain"):
            response = await client.post(SIGN_IN, data=body, headers={"Content-Type": kind})
            assert response.status in {401, 429}

    async def test_a_form_of_a_hundred_kilobytes_is_refused(self, client: WebClient) -> None:
        assert (await enter(client, "rima", "a" * 100_000)).status == 413

    @pytest.mark.parametrize("step", ["code", "new_password"])
    async def test_no_step_can_be_skipped(self, client: WebClient, step: str) -> None:
        response = await submit(client, step=step, code="123456", password=PASSWORD, repeated=PASSWORD)
        assert response.status == 401
        assert not response.cookies

    async def test_what_is_typed_is_shown_as_text(self, client: WebClient) -> None:
        text = await (await enter(client, '"><script>alert(1)</script>')).text()
        assert "<script" not in text
        assert "&#34;&gt;&lt;script&gt;" in text


class TestCookie:
    """Who gets to see the session's token."""

    async def test_on_loopback_it_is_hidden_from_scripts_and_other_sites(self, client: WebClient, core: Core) -> None:
        await hired(core.people)
        cookie = cookie_of(await enter(client))
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/operator")
        assert (cookie["secure"], cookie["domain"], cookie["max-age"]) == ("", "", "43200")

    @pytest.mark.parametrize(
        "headers",
        [
            {"Host": "langelis.trakai.lt"},
            {"Host": "langelis.trakai.lt:8080"},
            {"Host": "127.0.0.1.evil.example"},
            {"Host": "localhost.evil.example"},
            {"Host": "[bad"},
            {"X-Forwarded-Proto": "https"},
        ],
        ids=str,
    )
    async def test_elsewhere_it_is_sent_over_encrypted_lines_only(
        self, client: WebClient, core: Core, headers: dict[str, str]
    ) -> None:
        await hired(core.people)
        cookie = cookie_of(await enter(client, **headers))
        assert cookie["secure"] is True
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")

    @pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1", "[::1]:8080"])
    async def test_loopback_has_several_names(self, client: WebClient, core: Core, host: str) -> None:
        await hired(core.people)
        assert cookie_of(await enter(client, Host=host))["secure"] == ""

    @pytest.mark.parametrize("stage", [Stage.CODE, Stage.NEW_PASSWORD])
    async def test_half_way_it_lives_for_ten_minutes(
        self, client: WebClient, core: Core, clock: FakeClock, stage: Stage
    ) -> None:
        await at_stage(client, core, clock, stage)
        (cookie,) = [found for found in client.session.cookie_jar if found.key == COOKIE]
        assert cookie["max-age"] == "600"

    async def test_each_step_brings_another_token(self, client: WebClient, core: Core, clock: FakeClock) -> None:
        await hired(core.people)
        secret = await with_totp(core.people, clock)
        first = cookie_of(await enter(client)).value
        second = cookie_of(await submit(client, step="code", code=code_of(secret, clock))).value
        assert first != second
        assert await core.people.sessions.signed_in(first, ADDRESS) is None

    async def test_signing_out_removes_it(self, client: WebClient, core: Core) -> None:
        await hired(core.people)
        await enter(client)
        response = await client.post("/operator/sign-out", allow_redirects=False)
        assert cookie_of(response)["max-age"] == "0"
        assert cookie_of(response)["path"] == "/operator"

    async def test_no_answer_but_sign_in_sets_one(self, client: WebClient, core: Core) -> None:
        who = await console(client, core)
        for path in ("/operator", "/operator/api/me", SIGN_IN):
            assert not (await who.ask("GET", path)).cookies


def policy_of(headers: CIMultiDictProxy[str]) -> dict[str, str]:
    """Return the directives of a policy."""
    return dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))


class TestPolicy:
    """What the pages may run."""

    async def test_the_consoles_scripts_carry_a_nonce_that_differs_each_time(
        self, client: WebClient, core: Core
    ) -> None:
        who = await console(client, core)
        nonces: set[str] = set()
        for _ in range(5):
            response = await who.ask("GET", "/operator")
            text, policy = await response.text(), policy_of(response.headers)
            nonce = re.fullmatch(r"'nonce-([\w-]{24})'", policy["script-src"])
            assert nonce is not None
            nonces.add(nonce[1])
            scripts = re.findall(r"<script\b[^>]*>(.*?)</script>", text, re.DOTALL)
            assert scripts == [""]
            assert text.count(f'nonce="{nonce[1]}"') == len(scripts) + text.count('rel="stylesheet"')
            assert f'<script type="module" src="/static/operator.js" nonce="{nonce[1]}">' in text
            assert '<link rel="stylesheet" href="/static/operator.css"' in text
        assert len(nonces) == 5

    async def test_the_consoles_policy_is_strict(self, client: WebClient, core: Core) -> None:
        response = await (await console(client, core)).ask("GET", "/operator")
        policy = policy_of(response.headers)
        assert policy["default-src"] == "'none'"
        assert (policy["frame-ancestors"], policy["base-uri"]) == ("'none'", "'none'")
        assert (policy["connect-src"], policy["form-action"]) == ("'self'", "'self'")
        for value in policy.values():
            assert not re.search(r"unsafe|\*|https?:|data:", value)
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"

    @pytest.mark.parametrize("stage", [None, Stage.CODE, Stage.NEW_PASSWORD])
    async def test_the_forms_need_no_script_and_no_inline_style(
        self, client: WebClient, core: Core, clock: FakeClock, stage: Stage | None
    ) -> None:
        text = await at_stage(client, core, clock, stage) if stage else await (await client.get(SIGN_IN)).text()
        assert "<script" not in text
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text)
        response = await client.get(SIGN_IN)
        policy = policy_of(response.headers)
        assert (policy["default-src"], policy["form-action"]) == ("'none'", "'self'")
        assert (response.headers["Cache-Control"], response.headers["Referrer-Policy"]) == ("no-store", "same-origin")

    @pytest.mark.parametrize("stage", [None, Stage.CODE, Stage.NEW_PASSWORD])
    async def test_every_field_has_its_label_and_what_password_managers_need(
        self, client: WebClient, core: Core, clock: FakeClock, stage: Stage | None
    ) -> None:
        text = await at_stage(client, core, clock, stage) if stage else await (await client.get(SIGN_IN)).text()
        fields = re.findall(r"<input\b[^>]*>", text)
        assert fields
        for field in fields:
            assert "autocomplete=" in field
            identifier = re.search(r'id="(\w+)"', field)
            assert "hidden" in field or (identifier is not None and f'for="{identifier[1]}"' in text)
        assert '<html lang="lt">' in text

    async def test_an_unencrypted_line_is_named_where_it_is_sure(
        self, client: WebClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "https://" not in await (await client.get(SIGN_IN)).text()
        monkeypatch.setattr("channels.web.operator.sign_in_page.surely_plain", lambda _: True)
        assert "Ryšys nešifruotas" in await (await client.get(SIGN_IN)).text()


async def test_the_audit_log_names_the_address_and_never_what_was_typed(client: WebClient, core: Core) -> None:
    who = await console(client, core, "tadas", Role.SUPERVISOR)
    await enter(client, "tadas", "slaptas bandymas")
    assert isinstance(who, Console)
    found = (await who.get("audit", action="sign_in_failed"))["entries"]
    assert [(entry["address"], entry["action_label"]) for entry in found] == [("127.0.0.1", "Nepavyko prisijungti")]
    assert "slaptas" not in repr(found)
