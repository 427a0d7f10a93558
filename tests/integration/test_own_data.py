"""A resident's own data over a real database: what is told, the copy, and that deletion leaves no byte of it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest
from sqlalchemy import select, text, update

from bot.app import Core
from bot.core.case import Contact
from bot.core.conversation import Inbound
from bot.core.handoff import ClosedReason, HandoffReason, HandoffRefusedError, TaskKind
from bot.core.operators import Operator
from bot.core.own_data import CopyForm
from bot.core.reply import Asks, Button, Reply
from bot.engine.base import Turn
from bot.errors import WrongTokenError
from bot.services.handoff.feed import Event
from bot.services.handoff.tools import Tools
from bot.services.own_data.copies import PATH, TICKET_LIFE
from bot.services.own_data.orders import ERASE
from bot.services.own_data.own_data import build_telling
from bot.services.own_data.telling import Telling
from bot.services.retention import periods
from bot.storage import desk_events
from bot.storage.desk_events import EventKind
from bot.storage.handoff_tables import HandoffRow, MessageWordsRow, NoteRow, TaskRow
from bot.storage.search import Filters
from bot.storage.tables import (
    ConversationRow,
    CopyTicketRow,
    InboxRow,
    MessageRow,
    OutboxRow,
    TrackerRow,
)
from tests.asking import ask, lines_of, log_of, opened, raw_bytes
from tests.desk import events_after, here, taken, write
from tests.fakes import FakeClock, FakeEngine
from tests.filing import file_case
from tests.waiting import until_true

OF_A_CONVERSATION = (
    *(ConversationRow, MessageRow, InboxRow, TrackerRow, CopyTicketRow),
    *(MessageWordsRow, HandoffRow, NoteRow, TaskRow),
)
WORDS = ("zylutiskis", "slapukas7291@pastas.lt", "+37061298765", "kriausaitis", "belezojimas", "pusryciaujantis")
"""What only the resident of these tests says: a name, contacts, a draft, a note about it, words."""


def telling(core: Core, public_url: str = "") -> Telling:
    """Return what answers residents who ask about their data."""
    tools = Tools(database=core.database, clock=core.clock, bus=core.bus, texts=core.texts, catalogues=core.catalogues)
    return build_telling(tools, periods(core.settings), public_url)


async def a_task(core: Core, conversation: str, contact: str = "+37061298765") -> None:
    """Let the resident leave a call-back."""
    await core.handoff.tasks.leave(
        kind=TaskKind.CALLBACK,
        municipality="trakai",
        conversation=conversation,
        name="zylutiskis",
        contact=contact,
        text="pusryciaujantis, skambinkite rytoj",
        best_time="rytoj",
    )


def contact_of(turn: Turn) -> str:
    """Return the number that the engine reads in a message of the resident of these tests, and in no other."""
    return "+37061298765" if "belezojimas" in turn.text else ""


async def left_of(core: Core, conversation: str) -> dict[str, int]:
    """Return how many rows of each table speak of a conversation."""
    left: dict[str, int] = {}
    async with core.database.read() as session:
        for table in OF_A_CONVERSATION:
            name = table.__tablename__
            key = "id" if table is ConversationRow else "conversation_id"
            counted = await session.execute(
                text(f"SELECT count(*) FROM {name} WHERE {key} = :wanted"),  # noqa: S608 - names of ours
                {"wanted": conversation},
            )
            left[name] = counted.scalar_one()
    return left


async def a_long_conversation(core: Core, engine: FakeEngine, operator: Operator) -> str:
    """Return an operator's conversation with everything in it, among others that fill the same pages of the file."""
    engine.reading = lambda turn: {"entities": [{"entity": "phone", "value": contact_of(turn)}]}
    engine.state = lambda turn: json.dumps([{"event": "slot", "name": "case_draft", "value": turn.text}] * 40).encode()
    mine = await opened(core, "siuntėjas")
    others = [await opened(core, f"kitas {number}") for number in range(20)]
    for number in range(15):
        await ask(core, mine, f"belezojimas {number}: rašykite slapukas7291@pastas.lt, kriausaitis " * 6)
        for other in others[number % 3 :: 3]:
            await ask(core, other, f"kito gyventojo klausimas numeris {number} " * 8)
    await a_task(core, mine)
    await core.own_data.copies.offer(mine)
    await core.handoff.queue.request(mine, HandoffReason.ASKED, "kriausaitis")
    await core.handoff.claims.claim(operator, mine)
    await core.handoff.talk.note(operator, mine, "kriausaitis skambins, tel. +37061298765")
    await core.handoff.talk.reply(operator, mine, "Laba diena, pone zylutiskis", "a")
    await write(core, mine, "pusryciaujantis laukiu")
    return mine


def seen_in(core: Core, words: Sequence[str] = WORDS) -> set[str]:
    """Return which of the words stand anywhere in the database's files."""
    raw = raw_bytes(core)
    return {word for word in words if word.encode() in raw}


async def told_after(core: Core, seq: int) -> list[Event]:
    """Return all that a console would be told after an event."""
    told: list[Event] = []
    while news := await core.handoff.feed.after(told[-1].seq if told else seq):
        told += news
    return told


async def test_no_byte_of_the_residents_words_remains_after_the_deletion(core: Core, engine: FakeEngine) -> None:
    conversation = await a_long_conversation(core, engine, await here(core))
    assert seen_in(core) == set(WORDS)
    await core.own_data.erasure.erase(conversation)
    assert seen_in(core) == set()
    assert not any((await left_of(core, conversation)).values())
    assert engine.forgotten == [conversation]


async def test_the_words_are_gone_for_the_search_and_those_of_others_are_not(core: Core, engine: FakeEngine) -> None:
    operator = await here(core)
    conversation = await a_long_conversation(core, engine, operator)
    await core.own_data.erasure.erase(conversation)
    search = core.handoff.search
    assert (await search.find(operator, "belezojimas", Filters())).items == ()
    assert (await search.find(operator, "kito gyventojo", Filters())).items


async def test_filed_cases_stay_without_the_conversation_and_are_named(core: Core, engine: FakeEngine) -> None:
    conversation = await opened(core, "zylutiskis")
    await ask(core, conversation, "belezojimas")
    case = await file_case(core.desk, "Skundas dėl eilių.", conversation=conversation)
    farewell = await core.own_data.erasure.erase(conversation)
    assert case.number in farewell.reply.text
    assert "BDAR 17 str. 3 d. b p." in farewell.reply.text
    kept = (await core.desk.get(case.number)).case
    assert kept.filing.conversation is None
    assert kept.filing.description == "Skundas dėl eilių."


async def test_sent_mails_about_its_cases_lose_their_words_and_waiting_ones_are_still_sent(
    core: Core, clock: FakeClock
) -> None:
    conversation, other = await opened(core, "zylutiskis"), await opened(core, "kitas")
    await file_case(core.desk, "Pirmas skundas.", conversation=conversation)
    await file_case(core.desk, "Kito skundas.", conversation=other)
    async with core.database.write() as session:
        await session.execute(
            update(OutboxRow).where(OutboxRow.id.in_((1, 3))).values(sent_at=clock.now(), state="sent")
        )
    await core.own_data.erasure.erase(conversation)
    async with core.database.read() as session:
        bodies = (await session.execute(select(OutboxRow.body).order_by(OutboxRow.id))).scalars().all()
    assert [bool(body) for body in bodies] == [False, True, True, True]


async def test_the_rest_channels_conversation_goes_on_as_a_new_one_that_says_what_was_done(core: Core) -> None:
    conversation = await opened(core, "zylutiskis")
    await ask(core, conversation, "belezojimas")
    said = await ask(core, conversation, ERASE)
    following = await opened(core, "zylutiskis")
    assert following != conversation
    assert await lines_of(core, following) == [("bot", said[0])]
    assert said[0].startswith("Pokalbis ištrintas.")
    assert (await ask(core, following, "labas"))[0] == "atsakymas: labas"


async def test_the_engines_turn_that_confirms_deletes_everything_with_it(core: Core, engine: FakeEngine) -> None:
    conversation = await opened(core, "zylutiskis")
    await ask(core, conversation, "belezojimas")
    engine.erases = lambda turn: turn.text == "taip"
    said = await ask(core, conversation, "taip")
    assert said == [core.texts.render("own_data.erased", numbers="", several=False)]
    assert not any((await left_of(core, conversation)).values())
    assert seen_in(core, ("belezojimas",)) == set()
    assert engine.forgotten == [conversation]


async def test_a_widgets_conversation_is_gone_with_its_token(core: Core) -> None:
    made = await core.hub.open_with_token("web", "trakai", None)
    farewell = await core.own_data.erasure.erase(made.conversation.id)
    assert core.own_data.erasure.farewell(made.conversation.id) == farewell.reply.text
    with pytest.raises(WrongTokenError):
        await core.hub.open_with_token("web", "trakai", made.token)
    assert not any((await left_of(core, made.conversation.id)).values())


async def test_a_second_deletion_is_refused_and_harms_nobody(core: Core) -> None:
    conversation, other = await opened(core, "zylutiskis"), await opened(core, "kitas")
    await ask(core, other, "lieka")
    await core.own_data.erasure.erase(conversation)
    with pytest.raises(WrongTokenError):
        await core.own_data.erasure.erase(conversation)
    assert [text for _, text in await lines_of(core, other)] == ["lieka", "atsakymas: lieka"]


async def test_of_parallel_deletions_one_is_done(core: Core) -> None:
    conversation = await opened(core, "zylutiskis")
    await ask(core, conversation, "belezojimas")
    results = await asyncio.gather(
        *(core.own_data.erasure.erase(conversation) for _ in range(10)), return_exceptions=True
    )
    assert sum(isinstance(result, WrongTokenError) for result in results) == 9
    assert sum(event.kind is EventKind.ERASED for event in await events_after(core)) == 1


async def test_a_deletion_that_fails_deletes_nothing(
    core: Core, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await a_long_conversation(core, engine, await here(core))
    before = await left_of(core, conversation)

    async def broken(*_: object, **__: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr(desk_events, "add", broken)
    with pytest.raises(OSError, match="disk"):
        await core.own_data.erasure.erase(conversation)
    assert await left_of(core, conversation) == before
    assert engine.forgotten == []


async def test_consoles_are_told_once_and_nothing_else_of_it_is_left_to_tell(core: Core, engine: FakeEngine) -> None:
    operator = await here(core)
    begin = await core.handoff.feed.last()
    conversation = await a_long_conversation(core, engine, operator)
    assert [event for event in await told_after(core, begin) if event.conversation == conversation]
    await core.own_data.erasure.erase(conversation)
    about = [event for event in await told_after(core, begin) if event.conversation == conversation]
    assert [event.kind for event in about] == [EventKind.ERASED]
    stored = [event for event in await events_after(core) if event.conversation == conversation]
    assert [(event.kind, event.municipality, dict(event.body)) for event in stored] == [
        (EventKind.ERASED, "trakai", {})
    ]


async def test_the_owner_is_refused_clearly_whatever_they_do_with_it(core: Core, engine: FakeEngine) -> None:
    operator = await here(core)
    conversation = await a_long_conversation(core, engine, operator)
    await core.own_data.erasure.erase(conversation)
    desk = core.handoff
    for command in (
        desk.talk.reply(operator, conversation, "labas", "b"),
        desk.talk.note(operator, conversation, "pastaba"),
        desk.talk.read(operator, conversation, 1),
        desk.talk.operator_types(operator, conversation, on=True),
        desk.claims.claim(operator, conversation),
        desk.closing.close(operator, conversation, ClosedReason.ANSWERED, ""),
        desk.closing.give_back(operator, conversation),
        desk.views.thread(operator, conversation),
    ):
        with pytest.raises(HandoffRefusedError) as refused:
            await command
        assert refused.value.code == "unknown_conversation"
    await desk.presence.sweep()
    await desk.talk.resident_types(conversation, on=True)
    await desk.talk.read_by_resident(conversation, 1)


async def test_a_message_that_waits_for_the_bot_is_not_answered_into_nothing(core: Core, engine: FakeEngine) -> None:
    engine.hold = asyncio.Event()
    conversation = await opened(core, "zylutiskis")
    receipt = await core.hub.receive(conversation, Inbound(text="belezojimas"))
    deleting = asyncio.create_task(core.own_data.erasure.erase(conversation))
    await until_true(lambda: bool(engine.turns))
    engine.hold.set()
    await deleting
    assert seen_in(core, ("belezojimas",)) == set()
    assert await core.turns.answer_to(conversation, receipt.seq, 5) == ()
    assert not any((await left_of(core, conversation)).values())


async def test_the_write_ahead_log_is_emptied_later_when_a_reader_is_in_the_way(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await opened(core, "zylutiskis")
    await ask(core, conversation, "belezojimas")
    monkeypatch.setattr("bot.storage.database._LOG_SECONDS", 0.05)
    with closing(sqlite3.connect(core.database.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM messages").fetchone()
        await core.own_data.erasure.erase(conversation)
        assert seen_in(core, ("belezojimas",)) == {"belezojimas"}
        reader.execute("COMMIT")
    await core.own_data.erasure.tidy()
    assert seen_in(core, ("belezojimas",)) == set()


async def test_what_is_held_is_told_with_contacts_masked_and_with_the_terms_of_the_settings(
    core: Core, engine: FakeEngine
) -> None:
    operator = await here(core)
    conversation = await a_long_conversation(core, engine, operator)
    case = await file_case(
        core.desk, "Skundas dėl eilių.", conversation=conversation, contact=Contact(email="slapukas7291@pastas.lt")
    )
    said = await telling(core).held(conversation)
    assert "34 žinutės" in said.text
    assert "nuo 2026-11-21 12:00" in said.text
    assert "Prašymas paskambinti, 2026-11-21, kontaktas ***65 – darbuotojas dar nepaskambino" in said.text
    assert f"Kreipinys {case.number} (skundas): užregistruotas, kontaktai s***@pastas.lt" in said.text
    assert "saugoma 1825 dienas po nagrinėjimo pabaigos, kontaktai – 365 dienas" in said.text
    assert "praėjus 30 dienų po paskutinės žinutės" in said.text
    assert "Darbuotojų vidinės pastabos: 1" in said.text
    assert "BDAR 15 straipsnis" in said.text
    assert not any(word in said.text for word in WORDS)
    assert [button.title for button in said.buttons] == ["Pokalbio kopija", "Ištrinti pokalbį"]


async def test_a_plain_conversation_is_told_plainly(core: Core) -> None:
    conversation = await opened(core, "zylutiskis")
    await ask(core, conversation, "labas")
    said = await telling(core).held(conversation)
    assert "2 žinutės" in said.text
    for absent in ("Kreipin", "Prašymas paskambinti", "pastabos:", "įvertinimas", "\n\n\n"):
        assert absent not in said.text, absent


async def test_a_rating_is_told_while_it_is_kept(core: Core) -> None:
    operator = await here(core)
    conversation = await taken(core, operator)
    await core.handoff.closing.close(operator, conversation, ClosedReason.ANSWERED, "")
    await ask(core, conversation, '/rate_service{"rating": "4"}')
    assert "Jūsų įvertinimas: 4 iš 5." in (await telling(core).held(conversation)).text


async def test_before_the_deletion_it_is_said_what_goes_and_what_the_law_keeps(core: Core) -> None:
    conversation = await opened(core, "zylutiskis")
    await ask(core, conversation, "labas")
    await a_task(core, conversation)
    case = await file_case(core.desk, "Skundas dėl eilių.", conversation=conversation)
    said = await telling(core).sure(conversation)
    assert said.asks is Asks.ERASURE
    assert "darbuotojas nebepaskambins" in said.text
    assert f"kreipinys {case.number}." in said.text
    assert "BDAR 17 str. 3 d. b p." in said.text
    assert "užsirašykite" in said.text
    assert said.buttons[0] == Button("Taip, ištrinti", ERASE)


async def test_of_an_unknown_conversation_nothing_is_held(core: Core) -> None:
    nothing = "Apie šį pokalbį nieko nesaugoma."
    for reply in (
        await telling(core).held("nėra"),
        await telling(core).sure("nėra"),
        *await telling(core).copy("nėra"),
    ):
        assert reply.text == nothing


async def test_the_copy_has_what_was_said_and_no_note(core: Core, engine: FakeEngine) -> None:
    conversation = await a_long_conversation(core, engine, await here(core))
    copy = await core.own_data.copies.of(conversation)
    assert copy is not None
    written = core.own_data.copies.as_text(copy)
    assert written.startswith("POKALBIO KOPIJA – Trakų rajono savivaldybė")
    assert "[2026-11-21 12:00] Jūs:\npusryciaujantis laukiu" in written
    assert "[2026-11-21 12:00] Rima:\nLaba diena, pone zylutiskis" in written
    assert "Langelis (robotas):\natsakymas: belezojimas 0" in written
    assert "kriausaitis skambins" not in written
    assert len(copy.lines) == len(await log_of(core, conversation))


async def test_without_an_address_the_copy_comes_as_messages_and_is_in_no_later_copy(
    core: Core, engine: FakeEngine
) -> None:
    conversation = await opened(core, "zylutiskis")
    for number in range(40):
        await ask(core, conversation, f"{number} " + "žodžiai " * 40)
    parts = await telling(core).copy(conversation)
    assert len(parts) > 3
    assert all(len(part.text) <= 3500 and part.is_copy for part in parts)
    before = await core.own_data.copies.of(conversation)
    engine.answerer = lambda _: parts
    await ask(core, conversation, "kopija")
    after = await core.own_data.copies.of(conversation)
    assert before is not None
    assert after is not None
    assert len(after.lines) == len(before.lines) + 1
    joined = "".join("".join(part.text.split()) for part in parts)
    assert all("".join(line.text.split()) in joined for line in before.lines)


async def test_a_message_longer_than_a_part_is_cut_and_not_lost(core: Core, engine: FakeEngine) -> None:
    engine.answerer = lambda _: (Reply(text="x" * 9000),)
    conversation = await opened(core, "zylutiskis")
    await ask(core, conversation, "ilgai")
    parts = await telling(core).copy(conversation)
    assert sum(part.text.count("x") for part in parts) == 9000


async def test_with_an_address_the_copy_is_a_link_that_opens_once_in_each_form(core: Core, clock: FakeClock) -> None:
    conversation = await opened(core, "zylutiskis")
    await ask(core, conversation, "belezojimas")
    (reply,) = await telling(core, "https://langelis.example.lt").copy(conversation)
    ticket = reply.text.partition(f"https://langelis.example.lt{PATH}")[2].split()[0]
    copies = core.own_data.copies
    assert await copies.is_good(ticket)
    for form in CopyForm:
        assert await copies.open(ticket, form) is not None
        assert await copies.open(ticket, form) is None
    assert not await copies.is_good(ticket)
    assert ticket not in raw_bytes(core).decode(errors="replace")


async def test_a_link_ends_with_its_time_and_with_the_next_one(core: Core, clock: FakeClock) -> None:
    conversation = await opened(core, "zylutiskis")
    copies = core.own_data.copies
    first, second = [str(await copies.offer(conversation)).removeprefix(PATH) for _ in range(2)]
    assert not await copies.is_good(first)
    assert await copies.is_good(second)
    clock.move(seconds=TICKET_LIFE.total_seconds())
    assert not await copies.is_good(second)
    assert await copies.open(second, CopyForm.PRINT) is None
    assert await copies.offer("nėra") is None


async def test_old_chats_go_with_their_links(core: Core, clock: FakeClock) -> None:
    conversation = await opened(core, "zylutiskis")
    await core.own_data.copies.offer(conversation)
    clock.move(days=40)
    assert (await core.retention.run()).chats == (conversation,)
    assert not any((await left_of(core, conversation)).values())


async def test_nothing_is_held_against_the_resident_by_the_guard_of_codes(core: Core) -> None:
    """Who tried wrong codes cannot begin anew by deleting the conversation."""
    conversation = await opened(core, "zylutiskis")
    case = await file_case(core.desk, "Skundas.", conversation=await opened(core, "kitas"))
    for _ in range(5):
        await core.case_access.open(case.number, "bbbb-bbbb")
    await core.own_data.erasure.erase(conversation)
    assert (await core.case_access.open(case.number, "bbbb-bbbb")).wait_seconds
