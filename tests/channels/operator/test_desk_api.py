"""Lists, threads, prepared replies, tasks, search and export over HTTP."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from bot.app import Core
from bot.core.case import Contact
from bot.core.conversation import Owner
from bot.core.handoff import ClosedReason, TaskKind
from bot.core.operators import Role
from bot.core.reply import Reply
from bot.engine.base import Turn, TurnResult
from bot.services.handoff.export import COLUMNS
from tests.asking import ask, hand_over, log_of, opened
from tests.channels.operator.console import Console, answer, console, refused
from tests.conftest import WebClient
from tests.desk import taken, waiting, write
from tests.filing import filing
from tests.people import actions_of


@pytest.fixture
async def rima(client: WebClient, core: Core) -> Console:
    """An operator of Trakai."""
    return await console(client, core)


@pytest.fixture
async def boss(client: WebClient, core: Core) -> Console:
    """A supervisor of Trakai."""
    return await console(client, core, "vyr", Role.SUPERVISOR)


async def listed(who: Console, tab: str, **query: str) -> list[str]:
    """Return the conversations of a tab."""
    response = await who.ask("GET", "conversations", query={"tab": tab, **query})
    return [item["id"] for item in (await answer(response, 200))["items"]]


async def every(who: Console, path: str, **query: str) -> Any:  # noqa: ANN401 - any JSON
    """Return an answer that is a list."""
    response = await who.ask("GET", path, query=query)
    assert response.status == 200, await response.text()
    return await response.json()


# --- conversations ---


async def test_each_tab_holds_its_own_and_nothing_foreign(core: Core, rima: Console) -> None:
    mine, queued, of_bot = await taken(core, rima.operator), await waiting(core, "b"), await opened(core, "c")
    later, closed = await waiting(core, "d"), await opened(core, "e")
    await hand_over(core, closed, Owner.BOT, Owner.CLOSED)
    await waiting(core, "f", "varena")
    assert await listed(rima, "mine") == [mine]
    assert set(await listed(rima, "waiting")) == {queued, later}
    assert set(await listed(rima, "all")) == {mine, queued, of_bot, later}
    assert await listed(rima, "closed") == [closed]
    found = await rima.get("conversations")
    assert found["counts"] == {"mine": 1, "waiting": 2, "all": 4}
    assert found["items"][0]["operator"] == {"id": rima.operator.id, "name": "Rima"}


async def test_the_longest_waiting_comes_first(core: Core, rima: Console, clock: Any) -> None:  # noqa: ANN401
    first = await waiting(core, "b")
    clock.move(minutes=1)
    second = await waiting(core, "a")
    assert await listed(rima, "waiting") == [first, second]


async def test_pages_follow_each_other_without_a_gap(core: Core, rima: Console, monkeypatch: Any) -> None:  # noqa: ANN401
    monkeypatch.setattr("bot.services.handoff.views.PAGE", 2)
    everything = [await opened(core, f"s{number}") for number in range(5)]
    seen: list[str] = []
    page = await listed(rima, "all")
    while page:
        seen += page
        page = await listed(rima, "all", before=seen[-1])
    assert sorted(seen) == sorted(everything)


async def test_a_tab_that_does_not_exist_is_refused(rima: Console) -> None:
    assert await refused(await rima.ask("GET", "conversations", query={"tab": "kita"})) == (400, "bad_frame")


async def test_the_thread_holds_everything_and_reading_it_is_written_down(core: Core, rima: Console) -> None:
    conversation = await waiting(core, topic="Darželiai")
    await core.handoff.claims.claim(rima.operator, conversation)
    await core.handoff.talk.reply(rima.operator, conversation, "Sveiki!", "a")
    await core.handoff.talk.note(rima.operator, conversation, "Pastaba.")
    found = await rima.get(f"conversations/{conversation}")
    assert [row["seq"] for row in found["rows"]] == [row.seq for row in await log_of(core, conversation)]
    assert found["rows"][-1]["operator"] == {"id": rima.operator.id, "name": "Rima"}
    assert [note["text"] for note in found["notes"]] == ["Pastaba."]
    assert found["summary"]["topic"] == "Darželiai"
    assert (found["earlier"], found["cases"]) == ([], [])
    assert (await actions_of(core.people))[-1] == "conversation_read"


async def test_foreign_and_forged_conversations_are_refused_everywhere(core: Core, rima: Console) -> None:
    foreign = await waiting(core, "a", "varena")
    for wanted, expected in ((foreign, (403, "forbidden")), ("0" * 32, (404, "unknown_conversation"))):
        assert await refused(await rima.ask("GET", f"conversations/{wanted}")) == expected
        printed = await rima.ask("GET", f"/operator/conversations/{wanted}/print")
        assert (printed.status, printed.content_type) == (expected[0], "text/html")
    assert "conversation_read" not in await actions_of(core.people)


async def test_earlier_conversations_and_cases_are_those_with_the_same_contact(
    client: WebClient, core: Core, rima: Console
) -> None:
    ids = {name: await opened(core, name) for name in ("dabar", "skundas", "skambutis", "svetimas")}
    ids["varena"] = await opened(core, "varena", "varena")
    email, phone = "Ona@example.lt", "+37061234567"
    cases = {}
    for name, contact in {
        "dabar": Contact(name="Ona Petraitienė", email=email.lower(), phone=phone),
        "skundas": Contact(email=email),
        "svetimas": Contact(email="kita@example.lt"),
    }.items():
        cases[name] = await core.desk.file(filing(name, draft=name, conversation=ids[name], contact=contact), "k")
    foreign = filing(
        "varena", draft="v", municipality="varena", conversation=ids["varena"], contact=Contact(email=email)
    )
    await core.desk.file(foreign, "k")
    await core.handoff.tasks.leave(
        kind=TaskKind.CALLBACK,
        municipality="trakai",
        conversation=ids["skambutis"],
        name="Ona",
        contact=phone,
        text="Paskambinkite",
    )
    found = await rima.get(f"conversations/{ids['dabar']}")
    assert {line["id"] for line in found["earlier"]} == {ids["skundas"], ids["skambutis"]}
    assert {line["number"] for line in found["cases"]} == {cases["dabar"].case.number, cases["skundas"].case.number}
    assert found["resident"] == {"name": "Ona Petraitienė"}
    everywhere = await console(client, core, "visur", Role.ADMINISTRATOR)
    seen = await everywhere.get(f"conversations/{ids['dabar']}")
    assert ids["varena"] in {line["id"] for line in seen["earlier"]}
    without = await rima.get(f"conversations/{await opened(core, 'be kontakto')}")
    assert (without["earlier"], without["cases"], without["resident"]) == ([], [], {"name": None})


async def test_every_municipality_of_the_installation_may_be_given_a_conversation(rima: Console) -> None:
    me = await rima.get("me")
    assert {place["id"] for place in me["municipalities"]} == {"trakai", "varena", "alytus-r"}
    assert [place["id"] for place in me["scopes"]["municipalities"]] == ["trakai"]


async def test_prepared_replies_go_out_as_a_file_and_come_back_from_it(
    core: Core, rima: Console, boss: Console
) -> None:
    labas = {
        "shortcut": "labas",
        "title": "Pasisveikinimas",
        "text": "Laba diena, {{vardas}}!",
        "municipality": "trakai",
    }
    await boss.send("POST", "canned", labas, 201)
    saved = await rima.ask("GET", "canned/export")
    assert saved.headers["Content-Disposition"] == 'attachment; filename="ruosiniai.json"'
    replies = await saved.json()
    assert replies == [labas]
    changed = [{**labas, "text": "Sveiki!"}, {**labas, "shortcut": "viso", "text": "ą" * 4000}]
    assert await boss.send("POST", "canned/import", changed) == {"count": 2}
    assert {one["shortcut"]: one["text"] for one in await every(rima, "canned")} == {
        "labas": "Sveiki!",
        "viso": "ą" * 4000,
    }
    assert (await actions_of(core.people))[-1] == "settings_changed"


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ({"text": " "}, "Tekstas tuščias."),
        ({"shortcut": "du žodžiai"}, "Užklausa sudaryta neteisingai."),
        ({"municipality": "varena"}, "Neturite teisės to daryti."),
        ({"municipality": None}, "Neturite teisės to daryti."),
        ({"municipality": "kaunas"}, "Tokios savivaldybės čia nėra."),
        ({"shortcut": "LABAS"}, "Toks trumpinys jau yra."),
    ],
)
async def test_of_an_import_with_one_bad_entry_nothing_is_stored(
    rima: Console, boss: Console, broken: dict[str, str | None], why: str
) -> None:
    labas = {"shortcut": "labas", "title": "Pasisveikinimas", "text": "Laba diena!", "municipality": "trakai"}
    response = await boss.ask("POST", "canned/import", [labas, {**labas, "shortcut": "kitas", **broken}])
    error = (await response.json())["error"]
    assert (response.status, error["code"]) == (400, "canned_import")
    assert error["message"] == f"Nieko neįkelta: 2-as ruošinys netinka. {why}"
    assert await every(rima, "canned") == []
    assert (await rima.ask("POST", "canned/import", [labas])).status == 403


@pytest.mark.parametrize("body", [{}, [1], [{"shortcut": "a"}], "labas"])
async def test_an_import_of_another_shape_is_refused(boss: Console, body: object) -> None:
    assert await refused(await boss.ask("POST", "canned/import", body)) == (400, "bad_frame")


async def test_beside_the_bots_turn_stand_the_intent_and_the_service_that_was_found(
    core: Core, rima: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = core.catalogues.get("trakai")
    service = loaded.catalogue.services[0]
    read = {"intent": {"name": "ask_service_cost", "confidence": 0.9}, "entities": []}

    async def answer(turn: Turn) -> TurnResult:
        found = {"labas": None, "kaina": service.id, "sena": "nebeteikiama"}[turn.text]
        return TurnResult(replies=(Reply(text="a"),), nlu=read if found is None else {**read, "service": found})

    monkeypatch.setattr(core.engine, "answer", answer)
    conversation = await opened(core)
    for text in ("labas", "kaina", "sena"):
        await ask(core, conversation, text)
    rows = (await rima.get(f"conversations/{conversation}"))["rows"]
    guess = {"intent": "ask_service_cost", "confidence": 0.9}
    assert [row["nlu"] for row in rows if row["author"] == "bot"] == [guess, {**guess, "service": service.title}, guess]


async def test_the_printed_transcript_escapes_what_people_wrote_and_leaves_notes_out(core: Core, rima: Console) -> None:
    conversation = await taken(core, rima.operator)
    await write(core, conversation, '<script>alert("x")</script>')
    await core.handoff.talk.note(rima.operator, conversation, "slapta pastaba")
    response = await rima.ask("GET", f"/operator/conversations/{conversation}/print")
    page = await response.text()
    assert response.status == 200
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "slapta pastaba" not in page
    assert "Pokalbio išrašas" in page


async def test_colleagues_departments_and_services_are_those_of_the_municipality(
    client: WebClient, core: Core, rima: Console
) -> None:
    await console(client, core, "vida", municipalities=("varena",))
    await core.handoff.presence.seen(rima.operator)
    colleagues = await every(rima, "colleagues")
    assert [(one["name"], one["presence"]) for one in colleagues] == [("Rima", "here")]
    departments = await every(rima, "departments", municipality="trakai")
    assert "Švietimo skyrius" in " ".join(departments)
    assert await refused(await rima.ask("GET", "departments", query={"municipality": "varena"})) == (403, "forbidden")
    assert await refused(await rima.ask("GET", "departments")) == (400, "bad_frame")
    services = await every(rima, "services", municipality="trakai", q="darželis")
    assert services
    assert services[0]["card"]["title"] == services[0]["title"]
    assert await every(rima, "services", municipality="trakai")


# --- prepared replies ---


async def test_supervisors_edit_prepared_replies_and_everybody_uses_them(
    core: Core, rima: Console, boss: Console
) -> None:
    body = {
        "shortcut": "Labas",
        "title": "Pasisveikinimas",
        "text": "Laba diena, {{vardas}}!",
        "municipality": "trakai",
    }
    made = await boss.send("POST", "canned", body, 201)
    assert made["shortcut"] == "labas"
    assert await every(rima, "canned", municipality="trakai") == [made]
    assert await refused(await boss.ask("POST", "canned", body)) == (409, "shortcut_taken")
    changed = await boss.send("PATCH", f"canned/{made['id']}", {"text": "Sveiki!"})
    assert changed == {**made, "text": "Sveiki!"}
    assert await refused(await rima.ask("PATCH", f"canned/{made['id']}", {"text": "ne"})) == (403, "forbidden")
    await boss.send("DELETE", f"canned/{made['id']}")
    assert await every(rima, "canned") == []
    assert (await actions_of(core.people))[-3:] == ["settings_changed"] * 3


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"shortcut": "a b", "title": "t", "text": "x", "municipality": "trakai"}, (400, "bad_frame")),
        ({"shortcut": "a", "title": " ", "text": "x", "municipality": "trakai"}, (400, "text_empty")),
        ({"shortcut": "a", "title": "t", "text": "x" * 5001, "municipality": "trakai"}, (413, "text_too_long")),
        ({"shortcut": "a", "title": "t", "text": "x", "municipality": "varena"}, (403, "forbidden")),
        ({"shortcut": "a", "title": "t", "text": "x", "municipality": "nera"}, (404, "unknown_municipality")),
        ({"shortcut": "a", "title": "t", "text": "x"}, (403, "forbidden")),
        ({"title": "t"}, (400, "bad_request")),
    ],
)
async def test_a_bad_prepared_reply_is_refused(boss: Console, body: object, expected: tuple[int, str]) -> None:
    assert await refused(await boss.ask("POST", "canned", body)) == expected


async def test_an_unknown_prepared_reply_is_not_found(boss: Console) -> None:
    assert await refused(await boss.ask("PATCH", "canned/999", {"text": "a"})) == (404, "unknown_canned")
    assert await refused(await boss.ask("DELETE", "canned/xyz")) == (400, "bad_frame")


# --- tasks ---


async def test_a_task_is_listed_taken_and_done(client: WebClient, core: Core, rima: Console) -> None:
    task = await core.handoff.tasks.leave(
        kind=TaskKind.CALLBACK, municipality="trakai", conversation=None, name="Jonas", contact="8 600", text="Labas"
    )
    assert [found["id"] for found in await every(rima, "tasks")] == [task.id]
    taken_by = await rima.send("POST", f"tasks/{task.id}/take", {})
    assert taken_by["operator"] == {"id": rima.operator.id, "name": "Rima"}
    ona = await console(client, core, "ona")
    response = await ona.ask("POST", f"tasks/{task.id}/take", {})
    error = (await response.json())["error"]
    assert (response.status, error["code"], error["operator"]) == (409, "already_claimed", "Rima")
    assert (await rima.send("POST", f"tasks/{task.id}/done", {}))["state"] == "done"
    assert await every(rima, "tasks") == []
    assert len(await every(rima, "tasks", state="done")) == 1
    assert await refused(await rima.ask("POST", "tasks/999/take", {})) == (404, "unknown_task")


# --- search ---


async def found(who: Console, q: str, **filters: str) -> list[str]:
    """Return the texts of the snippets."""
    items = (await answer(await who.ask("GET", "search", query={"q": q, **filters}), 200))["items"]
    return ["".join(piece["text"] for piece in item["snippet"]) for item in items]


async def test_words_are_found_without_diacritics_and_in_any_form(core: Core, rima: Console) -> None:
    conversation = await taken(core, rima.operator)
    for text in ("Noriu parašyti skundą dėl šiukšlių", "Kur yra Žalioji gatvė?", "Ačiū"):
        await write(core, conversation, text)
    for words in ("skundai", "SKUNDAS", "skunda siuksles", "šiukšlė", "siuk"):
        assert await found(rima, words) == ["Noriu parašyti skundą dėl šiukšlių"], words
    assert await found(rima, "zalioji") == ["Kur yra Žalioji gatvė?"]
    assert await found(rima, "skundas gatvė") == []


async def test_the_snippet_marks_what_was_looked_for(core: Core, rima: Console) -> None:
    await write(core, await taken(core, rima.operator), "pirma " * 60 + "skundą parašiau vakar")
    (item,) = (await rima.get("search", q="skundai"))["items"]
    assert [piece["text"] for piece in item["snippet"] if piece["hit"]] == ["skundą"]
    assert item["snippet"][0]["text"].startswith("…")


@pytest.mark.parametrize(
    "q", ['"', "*", "AND", "skund*", "words:skundas", "(skundas", "NEAR(a b)", "'; DROP", "\0", "?"]
)
async def test_no_words_break_the_search(core: Core, rima: Console, q: str) -> None:
    await write(core, await taken(core, rima.operator), "skundas")
    assert isinstance(await found(rima, q), list)


async def test_filters_narrow_what_is_found(client: WebClient, core: Core, rima: Console, boss: Console) -> None:
    mine, closed = await taken(core, rima.operator, "a"), await taken(core, rima.operator, "b")
    for conversation in (mine, closed, await opened(core, "c")):
        await write(core, conversation, "skundas")
    await core.handoff.closing.close(rima.operator, closed, ClosedReason.ANSWERED, "")
    await write(core, await waiting(core, "d", "varena"), "skundas Varėnoje")

    async def count(**filters: str) -> int:
        return len([text for text in await found(boss, "skundas", **filters) if text == "skundas"])

    assert await count() == 3
    assert await count(operator=rima.operator.id) == 2
    assert await count(outcome="answered") == 1
    assert await count(outcome="open") == 2
    assert await count(outcome="bot") == 1
    assert await count(channel="rest") == 3
    assert await count(channel="telegram") == 0
    assert await count(**{"from": "2026-11-21", "until": "2026-11-21"}) == 3
    assert await count(until="2026-11-20") == 0
    assert await count(intent="ask_service") == 0
    assert await refused(await boss.ask("GET", "search", query={"q": "a", "from": "vakar"})) == (400, "bad_frame")
    admin = await console(client, core, "adm", Role.ADMINISTRATOR)
    assert await found(admin, "varenoje") == ["skundas Varėnoje"]
    assert await found(rima, "varenoje") == []
    assert await refused(await rima.ask("GET", "search", query={"municipality": "varena"})) == (403, "forbidden")


async def test_pages_of_hits_follow_each_other(core: Core, rima: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.handoff.search.PAGE", 2)
    conversation = await taken(core, rima.operator)
    for number in range(5):
        await write(core, conversation, f"skundas {number}")
    seen: list[int] = []
    query: dict[str, str] = {}
    while True:
        page = await answer(await rima.ask("GET", "search", query={"q": "skundas", **query}), 200)
        seen += [item["seq"] for item in page["items"]]
        if page["next"] is None:
            break
        query = {"before": str(page["next"])}
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 5
    assert (await actions_of(core.people)).count("searched") == 1


# --- export ---


async def test_the_export_has_one_row_a_conversation_and_no_formulas(core: Core, rima: Console, boss: Console) -> None:
    conversation = await waiting(core, topic='=HYPERLINK("x")')
    await core.handoff.claims.claim(rima.operator, conversation)
    await waiting(core, "ona", "varena")
    response = await boss.ask("GET", "export", query={"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(await response.text())))
    assert response.headers["Content-Disposition"] == 'attachment; filename="pokalbiai.csv"'
    assert tuple(rows[0]) == COLUMNS
    assert [row["id"] for row in rows] == [conversation]
    assert rows[0]["topic"] == '\'=HYPERLINK("x")'
    assert rows[0]["operator"] == "Rima"
    exported = await every(boss, "export", format="json")
    assert [row["id"] for row in exported] == [conversation]
    assert (await actions_of(core.people))[-2:] == ["exported"] * 2
    assert (await rima.ask("GET", "export")).status == 403
    assert await refused(await boss.ask("GET", "export", query={"format": "xml"})) == (400, "bad_frame")


async def test_the_export_keeps_to_the_same_filters_as_the_search(core: Core, boss: Console) -> None:
    one, _other = await waiting(core, "a"), await waiting(core, "b")
    await write(core, one, "skundas dėl kelio")
    assert [row["id"] for row in await every(boss, "export", format="json", q="skundai")] == [one]
    assert await every(boss, "export", format="json", until="2026-11-20") == []
    assert await every(boss, "export", format="json", q="?!") == []


async def test_an_answer_of_the_desk_is_never_cached(core: Core, rima: Console) -> None:
    await ask(core, await opened(core), "labas")
    response = await rima.ask("GET", "conversations")
    assert response.headers["Cache-Control"] == "no-store"
    assert (await answer(response, 200))["counts"]["all"] == 1
