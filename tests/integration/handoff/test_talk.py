"""What operators write: once each, only by who owns the conversation, and told to consoles in the same transaction."""

from __future__ import annotations

import asyncio

import pytest

from bot.app import Core
from bot.core.conversation import Author, Owner
from bot.core.handoff import HandoffRefusedError
from bot.errors import RefusedMessageError
from bot.services import log as conversation_log
from bot.storage import desk_events, messages
from tests.asking import ask, lines_of, log_of, opened
from tests.desk import events_after, here, standing_of, summary_of, taken, waiting, write


async def test_a_reply_is_in_the_log_under_the_operators_name(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    said = await core.handoff.talk.reply(rima, conversation, "Sveiki!", "a")
    row = (await log_of(core, conversation))[-1]
    assert (row.seq, row.author, row.reply.text) == (said.seq, Author.OPERATOR, "Sveiki!")
    assert row.operator is not None
    assert (row.operator.id, row.operator.name) == (rima.id, "Rima")


async def test_the_same_reply_sent_many_times_at_once_is_said_once(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    said = await asyncio.gather(*(core.handoff.talk.reply(rima, conversation, "Sveiki!", "a") for _ in range(5)))
    assert len({one.seq for one in said}) == 1
    assert [one.repeated for one in said].count(False) == 1
    assert [text for author, text in await lines_of(core, conversation) if author == "operator"] == ["Sveiki!"]


async def test_a_repeat_after_the_end_gets_the_first_result(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    first = await core.handoff.talk.reply(rima, conversation, "Sveiki!", "a")
    await core.handoff.closing.give_back(rima, conversation)
    again = await core.handoff.talk.reply(rima, conversation, "Sveiki!", "a")
    assert (again.seq, again.repeated) == (first.seq, True)


async def test_an_operators_client_id_is_never_taken_for_a_residents(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await write(core, conversation, "mano", client_id="a")
    assert not (await core.handoff.talk.reply(rima, conversation, "Sveiki!", "a")).repeated


async def test_only_the_owner_may_reply(core: Core) -> None:
    rima, ona = await here(core), await here(core, "ona")
    conversation, queued, closed = (await taken(core, rima), await waiting(core, "b"), await taken(core, rima, "c"))
    from bot.core.handoff import ClosedReason

    await core.handoff.closing.close(rima, closed, ClosedReason.ANSWERED, "")
    vida = await here(core, "vida", ("varena",))
    for operator, where, code in (
        (ona, conversation, "not_owner"),
        (rima, queued, "not_owner"),
        (rima, closed, "closed"),
        (vida, conversation, "forbidden"),
        (rima, "nera-tokio", "unknown_conversation"),
    ):
        before = len(await events_after(core))
        with pytest.raises(HandoffRefusedError, match=code):
            await core.handoff.talk.reply(operator, where, "ne", "x")
        assert len(await events_after(core)) == before


@pytest.mark.parametrize(
    ("text", "code"), [("", "text_empty"), ("a" * 5001, "text_too_long"), ("a\0", "text_invalid_characters")]
)
async def test_a_reply_that_is_no_text_is_refused(core: Core, text: str, code: str) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    with pytest.raises(RefusedMessageError, match=code):
        await core.handoff.talk.reply(rima, conversation, text, "a")


async def test_five_thousand_characters_and_pasted_html_are_kept_as_they_are(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    text = "<script>alert(1)</script>" + "ą" * 4975
    await core.handoff.talk.reply(rima, conversation, text, "a")
    assert (await log_of(core, conversation))[-1].reply.text == text


async def test_a_card_of_the_municipalitys_catalogue_can_be_sent(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    service = core.catalogues.get("trakai").catalogue.services[0]
    await core.handoff.talk.send_card(rima, conversation, service.id, "a")
    reply = (await log_of(core, conversation))[-1].reply
    assert reply.card is not None
    assert reply.card.title == service.title
    with pytest.raises(HandoffRefusedError, match="unknown_service"):
        await core.handoff.talk.send_card(rima, conversation, "nera-tokios", "b")


async def test_a_note_is_for_operators_and_stays_out_of_the_log(core: Core) -> None:
    rima, ona = await here(core), await here(core, "ona")
    conversation = await taken(core, rima)
    before = await log_of(core, conversation)
    note = await core.handoff.talk.note(ona, conversation, "Skambino vakar.", "a")
    assert await core.handoff.talk.note(ona, conversation, "Skambino vakar.", "a") == note
    assert await log_of(core, conversation) == before
    thread = await core.handoff.views.thread(rima, conversation)
    assert [(one.text, one.operator_name, one.after_seq) for one in thread.notes] == [
        ("Skambino vakar.", "Ona", before[-1].seq)
    ]


async def test_unread_counts_the_residents_rows_until_the_owner_has_read_them(core: Core) -> None:
    rima, ona = await here(core), await here(core, "ona")
    conversation = await waiting(core)
    await write(core, conversation, "vienas")
    assert (await summary_of(core, conversation)).unread == 1
    await core.handoff.claims.claim(rima, conversation)
    last = await write(core, conversation, "du")
    await core.handoff.talk.read(ona, conversation, last)
    assert (await summary_of(core, conversation)).unread == 2
    await core.handoff.talk.read(rima, conversation, last + 1000)
    assert (await summary_of(core, conversation)).unread == 0
    await write(core, conversation, "trys")
    assert (await summary_of(core, conversation)).unread == 1


async def test_a_mark_never_moves_back_and_a_repeat_is_no_event(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    last = (await standing_of(core, conversation)).last_seq
    await core.handoff.talk.read_by_resident(conversation, last)
    before = len(await events_after(core))
    await core.handoff.talk.read_by_resident(conversation, last - 1)
    await core.handoff.talk.read_by_resident(conversation, last)
    assert (await summary_of(core, conversation)).resident_read == last
    assert len(await events_after(core)) == before


# --- events ---


async def test_every_row_of_the_log_has_its_event_in_order(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    await write(core, conversation, "labas")
    await core.handoff.talk.reply(rima, conversation, "Sveiki!", "a")
    await core.handoff.closing.give_back(rima, conversation)
    await ask(core, conversation, "kada dirbate?")
    told = [event.body["row"] for event in await events_after(core) if "row" in event.body]
    assert told == [row.seq for row in await log_of(core, conversation)]
    numbers = [event.seq for event in await events_after(core)]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


async def test_a_message_whose_event_fails_is_not_stored(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    before, events = await log_of(core, conversation), await events_after(core)

    async def fail(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(desk_events, "add_of_conversation", fail)
    with pytest.raises(ZeroDivisionError):
        await write(core, conversation, "labas")
    with pytest.raises(ZeroDivisionError):
        await core.handoff.talk.reply(rima, conversation, "Sveiki!", "a")
    assert await log_of(core, conversation) == before
    assert await events_after(core) == events


async def test_a_bot_turn_that_cannot_be_stored_tells_nothing(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = await opened(core)
    told: list[int] = []

    async def fail(*_given: object) -> None:
        told.append(1)
        raise ZeroDivisionError

    monkeypatch.setattr(messages, "append", fail)
    with pytest.raises(ZeroDivisionError):
        await write(core, conversation, "labas")
    assert told
    assert await events_after(core) == ()
    assert conversation_log.ROW == "row"


async def test_an_event_carries_the_scope_of_its_conversation(core: Core) -> None:
    await waiting(core, "a", "varena")
    assert {event.municipality for event in await events_after(core)} == {"varena"}
    assert (await standing_of(core, await opened(core, "b", None))).owner is Owner.BOT
