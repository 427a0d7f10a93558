"""The bot's turns: none is lost, none runs twice, and a failing engine is no dead end."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import event, func, select

from bot.app import Core, _repeat, build, running
from bot.core.conversation import Author, Inbound
from bot.core.reply import Reply
from bot.engine.base import Turn, TurnResult
from bot.errors import EngineError
from bot.services.bus import Signal
from bot.settings import Settings
from bot.storage import conversations, trackers
from bot.storage.tables import InboxRow
from tests.asking import ask, lines_of, log_of, opened, waits
from tests.fakes import FakeClock, FakeEngine
from tests.waiting import until, until_true

APOLOGY = "Atsiprašau, dėl techninės klaidos nepavyko atsakyti."


async def inbox_size(core: Core) -> int:
    """Return how many messages wait for the bot."""
    async with core.database.read() as session:
        return (await session.execute(select(func.count()).select_from(InboxRow))).scalar_one()


def refuse(turn: Turn) -> tuple[Reply, ...]:
    """Fail as an engine may."""
    raise EngineError(f"turn {turn.seq}")


class TestBeforeTheEngineIsReady:
    """The engine loads for many seconds; residents do not wait with writing."""

    @pytest.fixture
    def engine(self) -> FakeEngine:
        """An engine that is ready when `go` is set."""
        return FakeEngine(starts_ready=False)

    async def test_messages_are_kept_and_answered_when_it_is(self, core: Core, engine: FakeEngine) -> None:
        ids = [await opened(core, f"gyventojas {number}") for number in range(10)]
        waiting = [asyncio.create_task(ask(core, conversation, "labas")) for conversation in ids]

        async def all_stored() -> bool:
            return await inbox_size(core) == 10

        await until(all_stored)
        assert engine.turns == []
        engine.go.set()
        assert await asyncio.gather(*waiting) == [["atsakymas: labas"]] * 10
        assert await inbox_size(core) == 0

    async def test_messages_nobody_waits_for_are_answered_too_and_in_order(
        self, core: Core, engine: FakeEngine
    ) -> None:
        conversation = await opened(core)
        for text in ("pirma", "antra"):
            await core.hub.receive(conversation, Inbound(text=text))
        engine.go.set()
        await until_true(lambda: len(engine.turns) == 2)
        await core.turns.close()
        assert [text for author, text in await lines_of(core, conversation) if author == "bot"] == [
            "atsakymas: pirma",
            "atsakymas: antra",
        ]

    async def test_a_client_that_waits_too_long_is_told_and_its_message_is_answered_later(
        self, core: Core, engine: FakeEngine
    ) -> None:
        conversation = await opened(core)
        receipt = await core.hub.receive(conversation, Inbound(text="labas", client_id="a"))
        with pytest.raises(TimeoutError):
            await core.hub.answers(receipt, 0.01)
        assert await waits(core, conversation, receipt.seq)
        engine.go.set()
        assert await ask(core, conversation, "labas", client_id="a") == ["atsakymas: labas"]
        assert len(engine.turns) == 1


async def test_what_a_stopped_process_left_is_answered_by_the_next(imported: Settings, clock: FakeClock) -> None:
    stopped = build(imported, engine=FakeEngine(starts_ready=False), clock=clock)
    async with running(stopped):
        conversation = await opened(stopped)
        await stopped.hub.receive(conversation, Inbound(text="labas"))
    started = build(imported, engine=FakeEngine(), clock=clock)
    async with running(started) as load_engine:
        await load_engine()

        async def answered() -> bool:
            return len(await log_of(started, conversation)) == 2

        await until(answered)
        assert await lines_of(started, conversation) == [("resident", "labas"), ("bot", "atsakymas: labas")]


async def test_an_engine_that_fails_leads_to_an_apology_and_the_conversation_goes_on(
    core: Core, engine: FakeEngine
) -> None:
    conversation, answers = await opened(core), engine.answerer
    engine.answerer = refuse
    (apology,) = await ask(core, conversation, "labas")
    assert apology.startswith(APOLOGY)
    assert "https://www.trakai.lt" in apology
    engine.answerer = answers
    assert await ask(core, conversation, "vėl labas") == ["atsakymas: vėl labas"]
    assert [author for author, _ in await lines_of(core, conversation)] == ["resident", "bot"] * 2
    assert await inbox_size(core) == 0


async def test_an_engine_that_says_nothing_leads_to_the_apology(core: Core, engine: FakeEngine) -> None:
    engine.answerer = lambda _turn: ()
    (apology,) = await ask(core, await opened(core), "labas")
    assert apology.startswith(APOLOGY)


async def test_the_apology_needs_no_municipality(core: Core, engine: FakeEngine) -> None:
    engine.answerer = refuse
    (apology,) = await ask(core, await opened(core, municipality=None), "labas")
    assert apology.startswith(APOLOGY)


async def test_an_answer_that_cannot_be_stored_leads_to_an_apology_too(core: Core, engine: FakeEngine) -> None:
    conversation, answers = await opened(core), engine.answerer
    engine.answerer = lambda _: (Reply(text="pusė poros \ud800"),)
    (apology,) = await ask(core, conversation, "labas")
    assert apology.startswith(APOLOGY)
    engine.answerer = answers
    assert await ask(core, conversation, "vėl labas") == ["atsakymas: vėl labas"]
    assert [message.seq for message in await log_of(core, conversation)] == [1, 2, 3, 4]


async def test_one_conversation_does_not_wait_for_another(core: Core, engine: FakeEngine) -> None:
    engine.hold = asyncio.Event()
    slow = asyncio.create_task(ask(core, await opened(core, "jonas"), "lėtas"))
    await until_true(lambda: len(engine.turns) == 1)
    release, engine.hold = engine.hold, None
    assert await ask(core, await opened(core, "ona"), "greitas") == ["atsakymas: greitas"]
    assert not slow.done()
    release.set()
    assert await slow == ["atsakymas: lėtas"]


async def test_a_conversations_turns_never_run_side_by_side(core: Core, engine: FakeEngine) -> None:
    now = most = 0

    class Counting(FakeEngine):
        async def answer(self, turn: Turn) -> TurnResult:
            nonlocal now, most
            now += 1
            most = max(most, now)
            await asyncio.sleep(0)
            result = await super().answer(turn)
            now -= 1
            return result

    core = replace(core)
    core.turns._engine = Counting()
    conversation = await opened(core)
    await asyncio.gather(*(ask(core, conversation, str(number)) for number in range(10)))
    assert most == 1


async def test_two_processes_answer_each_message_once_and_leave_none(
    core: Core, clock: FakeClock, engine: FakeEngine
) -> None:
    engine._ready, other_engine = False, FakeEngine(starts_ready=False)
    other = build(core.settings, engine=other_engine, clock=clock)
    async with running(other):
        ids = [await opened(core, f"gyventojas {number}") for number in range(5)]
        for conversation in ids:
            for text in ("a", "b", "c", "d"):
                await core.hub.receive(conversation, Inbound(text=text))
        engine._ready = other_engine._ready = True
        for conversation in ids:
            core.turns.wake(conversation)
            other.turns.wake(conversation)
        await asyncio.gather(core.turns.close(), other.turns.close())
        assert await inbox_size(core) == 0
        for conversation in ids:
            log = await log_of(core, conversation)
            assert [message.seq for message in log] == list(range(1, 9))
            assert [message.turn for message in log if message.author is Author.BOT] == [1, 2, 3, 4]


async def test_a_turn_is_typed_from_its_beginning_to_its_end(core: Core, engine: FakeEngine) -> None:
    heard: list[Signal] = []
    conversation = await opened(core)
    core.bus.subscribe(conversation, heard.append)
    await ask(core, conversation, "labas")
    assert heard == [Signal.LOG_GREW, Signal.TYPING_STARTED, Signal.TYPING_STOPPED, Signal.LOG_GREW]


async def test_typing_ends_when_the_engine_fails(core: Core, engine: FakeEngine) -> None:
    engine.answerer = refuse
    heard: list[Signal] = []
    conversation = await opened(core)
    core.bus.subscribe(conversation, heard.append)
    await ask(core, conversation, "labas")
    assert heard.index(Signal.TYPING_STARTED) < heard.index(Signal.TYPING_STOPPED)


async def test_the_dialogue_state_is_stored_with_the_answer(core: Core) -> None:
    conversation = await opened(core)
    await ask(core, conversation, "pirma")
    await ask(core, conversation, "antra")
    async with core.database.read() as session:
        assert await trackers.load(session, conversation) == b"state after 3"


async def test_a_failed_turn_leaves_the_dialogue_state_as_it_was(core: Core, engine: FakeEngine) -> None:
    conversation = await opened(core)
    await ask(core, conversation, "pirma")
    engine.answerer = refuse
    await ask(core, conversation, "antra")
    async with core.database.read() as session:
        assert await trackers.load(session, conversation) == b"state after 1"


async def test_the_municipality_that_a_resident_names_is_remembered(core: Core) -> None:
    class Naming(FakeEngine):
        async def answer(self, turn: Turn) -> TurnResult:
            return replace(await super().answer(turn), municipality="varena")

    core.turns._engine = naming = Naming()
    conversation = await opened(core, municipality=None)
    await ask(core, conversation, "Varėna")
    await ask(core, conversation, "kur kreiptis")
    assert [turn.municipality for turn in naming.turns] == [None, "varena"]
    async with core.database.read() as session:
        found = await conversations.by_id(session, conversation)
    assert found is not None
    assert found.municipality == "varena"


async def test_nothing_is_remembered_of_conversations_that_are_done(core: Core) -> None:
    for number in range(20):
        await ask(core, await opened(core, f"gyventojas {number}"), "labas")
    await core.turns.close()
    assert not core.turns._running
    assert not core.turns._again
    assert not core.turns._answers


async def test_stopping_lets_the_workers_queries_end(imported: Settings, clock: FakeClock) -> None:
    """A query that is cut off costs the pool its connection and leaves a thread behind."""
    cut_off: list[object] = []
    for _ in range(5):
        short = build(imported, engine=FakeEngine(), clock=clock)
        for engine in (short.database._readers, short.database._writer):
            event.listen(engine.sync_engine, "invalidate", lambda *what: cut_off.append(what))
        async with running(short) as load_engine:
            await load_engine()
    assert cut_off == []


async def test_a_worker_that_fails_once_goes_on() -> None:
    calls: list[int] = []
    gone_on = asyncio.Event()

    async def step() -> None:
        calls.append(len(calls))
        if len(calls) == 1:
            raise OSError("a bad moment of the disk")
        gone_on.set()

    stop = asyncio.Event()
    worker = asyncio.create_task(_repeat("test", 0.001, step, stop))
    await asyncio.wait_for(gone_on.wait(), 5)
    stop.set()
    await asyncio.wait_for(worker, 5)
    assert len(calls) >= 2
