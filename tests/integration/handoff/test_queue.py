"""Waiting for a person: place, honest waiting time, claiming, and leaving again."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.app import Core
from bot.core.conversation import Owner
from bot.core.handoff import HandoffAsk, HandoffReason, HandoffRefusedError, Placed
from bot.core.reply import Reply
from bot.engine.base import Turn, TurnResult
from bot.errors import IllegalTransitionError
from tests.asking import ask, hand_over, lines_of, log_of, opened
from tests.desk import here, last_line, owner_of, standing_of, summary_of, taken, waiting, write
from tests.fakes import FakeClock, FakeEngine
from tests.people import hired


async def test_whoever_asks_is_told_the_place_in_the_queue(core: Core) -> None:
    first, second = await waiting(core, "jonas"), await waiting(core, "ona")
    assert "Jūsų vieta eilėje – 1." in await last_line(core, first)
    assert "Jūsų vieta eilėje – 2." in await last_line(core, second)
    assert await core.handoff.queue.place(second) == Placed(2, None)


async def test_the_queues_of_municipalities_are_counted_apart(core: Core) -> None:
    await waiting(core, "jonas", "varena")
    assert await core.handoff.queue.place(await waiting(core, "ona", "trakai")) == Placed(1, None)


async def test_the_place_moves_up_when_somebody_before_is_taken(core: Core) -> None:
    rima = await here(core)
    first, second = await waiting(core, "jonas"), await waiting(core, "ona")
    await core.handoff.claims.claim(rima, first)
    assert await core.handoff.queue.place(second) == Placed(1, None)
    assert await core.handoff.queue.place(first) == Placed(0, None)


async def test_asking_twice_keeps_the_place_and_says_nothing_again(core: Core) -> None:
    conversation = await waiting(core)
    before = await log_of(core, conversation)
    assert await core.handoff.queue.request(conversation, HandoffReason.ASKED) == Placed(1, None)
    assert await log_of(core, conversation) == before


async def test_the_waiting_time_is_the_median_of_the_last_waits_once_there_are_three(
    core: Core, clock: FakeClock
) -> None:
    rima = await here(core)
    for sender, minutes in (("a", 2), ("b", 4), ("c", 90)):
        conversation = await waiting(core, sender)
        assert "laukti apie" not in await last_line(core, conversation)
        clock.move(minutes=minutes)
        await core.handoff.claims.claim(rima, conversation)
    conversation = await waiting(core, "d")
    assert (await core.handoff.queue.place(conversation)).wait == timedelta(minutes=4)
    assert "laukti apie 4 minutes." in await last_line(core, conversation)
    assert "laukti apie" not in await last_line(core, await waiting(core, "e", "varena"))


async def test_a_closed_conversation_cannot_be_queued(core: Core) -> None:
    conversation = await opened(core)
    await hand_over(core, conversation, Owner.BOT, Owner.CLOSED)
    with pytest.raises(IllegalTransitionError):
        await core.handoff.queue.request(conversation, HandoffReason.ASKED)


async def test_a_forged_conversation_is_unknown(core: Core) -> None:
    with pytest.raises(HandoffRefusedError, match="unknown_conversation"):
        await core.handoff.queue.request("nera-tokio", HandoffReason.ASKED)


async def test_the_bot_is_silent_while_people_have_the_conversation(core: Core, engine: FakeEngine) -> None:
    rima = await here(core)
    conversation = await waiting(core)
    turns = len(engine.turns)
    await write(core, conversation, "ar kas yra?")
    await core.handoff.claims.claim(rima, conversation)
    await write(core, conversation, "ačiū")
    await core.turns.sweep()
    assert len(engine.turns) == turns


async def test_a_turn_can_put_the_conversation_into_the_queue_after_what_it_says(
    core: Core, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answer(turn: Turn) -> TurnResult:
        return TurnResult(
            replies=(Reply(text="Tuoj."),), handoff=HandoffAsk(HandoffReason.ASKED, "Darželiai", "Švietimo skyrius")
        )

    monkeypatch.setattr(engine, "answer", answer)
    conversation = await opened(core)
    said = await ask(core, conversation, "noriu žmogaus", client_id="a")
    assert said[0] == "Tuoj."
    assert "Jūsų vieta eilėje – 1." in said[1]
    assert await ask(core, conversation, "noriu žmogaus", client_id="a") == said
    summary = await summary_of(core, conversation)
    assert (summary.owner, summary.topic, summary.department) == (Owner.QUEUED, "Darželiai", "Švietimo skyrius")


async def test_a_resident_who_no_longer_waits_is_the_bots_again(core: Core) -> None:
    conversation = await waiting(core)
    assert await core.handoff.queue.leave(conversation)
    assert await last_line(core, conversation) == "Darbuotojo nebelaukiate. Vėl atsako robotas."
    assert not await core.handoff.queue.leave(conversation)
    assert await ask(core, conversation, "labas") == ["atsakymas: labas"]
    with pytest.raises(HandoffRefusedError, match="illegal_transition"):
        await core.handoff.queue.place(conversation)


# --- claiming ---


async def test_of_fifty_parallel_claims_one_wins_and_the_others_are_told_who(core: Core) -> None:
    operators = [await hired(core.people, f"op{number}") for number in range(50)]
    conversation = await waiting(core)
    done = await asyncio.gather(
        *(core.handoff.claims.claim(operator, conversation) for operator in operators), return_exceptions=True
    )
    winners = [operator for operator, result in zip(operators, done, strict=True) if result is None]
    refused = [result for result in done if isinstance(result, HandoffRefusedError)]
    assert len(winners) == 1
    assert len(refused) == 49
    assert {(error.code, error.operator) for error in refused} == {("already_claimed", winners[0].display_name)}
    holder = (await standing_of(core, conversation)).operator
    assert holder is not None
    assert holder.id == winners[0].id
    joined = [text for author, text in await lines_of(core, conversation) if "prisijungė" in text]
    assert joined == [f"Prie pokalbio prisijungė {winners[0].display_name}. Dabar Jums atsako žmogus."]


async def test_claiming_ones_own_again_changes_nothing(core: Core) -> None:
    rima = await here(core)
    conversation = await taken(core, rima)
    before = await log_of(core, conversation)
    await core.handoff.claims.claim(rima, conversation)
    assert await log_of(core, conversation) == before


async def test_what_is_the_bots_closed_or_foreign_cannot_be_claimed(core: Core) -> None:
    rima, vida = await here(core), await here(core, "vida", ("varena",))
    of_bot, closed, foreign = await opened(core, "a"), await opened(core, "b"), await waiting(core, "c")
    await hand_over(core, closed, Owner.BOT, Owner.CLOSED)
    for operator, conversation, code in (
        (rima, of_bot, "illegal_transition"),
        (rima, closed, "closed"),
        (vida, foreign, "forbidden"),
        (rima, "nera-tokio", "unknown_conversation"),
    ):
        with pytest.raises(HandoffRefusedError, match=code):
            await core.handoff.claims.claim(operator, conversation)
    assert await owner_of(core, foreign) is Owner.QUEUED
