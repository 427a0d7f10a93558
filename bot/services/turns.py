"""Runs the bot's turns: takes stored messages out of the inbox, one after another in each conversation."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import replace

import structlog

from bot.core.clock import Clock
from bot.core.conversation import Author, Conversation, Message, Nlu, Owner
from bot.core.reply import Reply
from bot.engine.base import Engine, Turn, TurnResult
from bot.services import log as conversation_log
from bot.services.bus import Bus, Signal
from bot.services.catalogues import Catalogues
from bot.services.handoff.queue import Queue
from bot.services.own_data.erasure import Erasure
from bot.services.telegram.groups import fit_for_group
from bot.services.texts import Texts
from bot.storage import conversations, messages, trackers
from bot.storage.database import Database
from bot.storage.messages import Waiting

log = structlog.get_logger(__name__)

_LOOK_SECONDS = 1.0
_Key = tuple[str, int]


class TurnRunner:
    """Answers what waits in the inbox, also what a killed process left there."""

    def __init__(
        self,
        *,
        database: Database,
        engine: Engine,
        clock: Clock,
        bus: Bus,
        texts: Texts,
        catalogues: Catalogues,
        queue: Queue,
        erasure: Erasure,
    ) -> None:
        self._database = database
        self._engine = engine
        self._clock = clock
        self._bus = bus
        self._texts = texts
        self._catalogues = catalogues
        self._queue = queue
        self._erasure = erasure
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._answers: dict[_Key, list[asyncio.Future[tuple[Message, ...]]]] = defaultdict(list)

    async def sweep(self) -> None:
        """See to every conversation in which messages wait; does nothing while the engine loads."""
        if not self._engine.ready:
            return
        async with self._database.read() as session:
            waiting = await messages.conversations_with_inbox(session)
        for conversation in waiting:
            self.wake(conversation)

    def wake(self, conversation: str) -> None:
        """See to a conversation now; does nothing while the engine loads."""
        if not self._engine.ready:
            return
        if conversation in self._running:
            self._again.add(conversation)
        else:
            self._running[conversation] = asyncio.create_task(self._drain(conversation))

    async def answer_to(self, conversation: str, seq: int, timeout_seconds: float) -> tuple[Message, ...]:
        """Return what is said to message `seq`. Raises `TimeoutError`; the message then stays in the inbox."""
        answer: asyncio.Future[tuple[Message, ...]] = asyncio.get_running_loop().create_future()
        self._answers[conversation, seq].append(answer)
        self.wake(conversation)
        try:
            return await self._first_of(answer, conversation, seq, timeout_seconds)
        finally:
            self._answers[conversation, seq].remove(answer)
            if not self._answers[conversation, seq]:
                del self._answers[conversation, seq]

    async def _first_of(
        self, answer: asyncio.Future[tuple[Message, ...]], conversation: str, seq: int, timeout_seconds: float
    ) -> tuple[Message, ...]:
        # The log is looked at too: another process may have answered, or this one before the caller asked.
        now = asyncio.get_running_loop().time
        deadline = now() + timeout_seconds
        while not answer.done():
            left = deadline - now()
            if left <= 0:
                raise TimeoutError
            await asyncio.wait([answer], timeout=min(_LOOK_SECONDS, left))
            if not answer.done():
                async with self._database.read() as session:
                    if not await messages.is_in_inbox(session, conversation, seq):
                        return await messages.of_turn(session, conversation, seq)
        return answer.result()

    async def close(self) -> None:
        """Let the running turns end."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def _drain(self, conversation: str) -> None:
        try:
            while True:
                self._again.discard(conversation)
                async with self._engine.lock(conversation):
                    while await self._answer_next(conversation):
                        pass
                if conversation not in self._again:
                    return
        except Exception:
            log.exception("turns_stopped", conversation=conversation)
        finally:
            del self._running[conversation]

    async def _answer_next(self, conversation_id: str) -> bool:
        """Answer the oldest waiting message; return whether more wait behind it."""
        async with self._database.read() as session:
            waiting = await messages.next_in_inbox(session, conversation_id)
        if waiting is None or waiting.conversation.owner is not Owner.BOT:
            return False
        self._bus.publish(conversation_id, Signal.TYPING_STARTED)
        try:
            result = await self._ask_engine(waiting)
            spoken = await self._store_or_apologise(waiting, result)
        finally:
            self._bus.publish(conversation_id, Signal.TYPING_STOPPED)
        if spoken is None:
            # Another process or a person was faster: only a new look tells what waits now.
            return True
        if result.erase:
            await self._erasure.clean_up(conversation_id)
        self._deliver(conversation_id, waiting.seq, spoken)
        return waiting.more

    async def _ask_engine(self, waiting: Waiting) -> TurnResult:
        conversation = waiting.conversation
        turn = Turn(
            conversation=conversation.id,
            seq=waiting.seq,
            text=waiting.payload or waiting.text,
            channel=conversation.channel,
            municipality=conversation.municipality,
            state=waiting.state,
        )
        try:
            result = await self._engine.answer(turn)
        except Exception:
            # Whatever went wrong, the resident must not wait for nobody.
            log.exception("turn_failed", conversation=conversation.id, seq=waiting.seq)
            return self._apology(conversation)
        if not result.replies and result.handoff is None and not result.erase:
            log.error("turn_without_answer", conversation=conversation.id, seq=waiting.seq)
            return replace(result, replies=self._apology(conversation).replies)
        return fit_for_group(self._texts, turn, result)

    def _apology(self, conversation: Conversation) -> TurnResult:
        loaded = self._catalogues.find(conversation.municipality)
        municipality = None if loaded is None else loaded.catalogue.municipality
        apology = self._texts.render("conversation.apology", municipality=municipality)
        return TurnResult(replies=(Reply(text=apology),))

    async def _store_or_apologise(self, waiting: Waiting, result: TurnResult) -> tuple[Message, ...] | None:
        conversation, seq = waiting.conversation, waiting.seq
        try:
            return await self._store(conversation, seq, result)
        except Exception:
            # An answer that cannot be stored must not block the messages behind it.
            log.exception("answer_not_stored", conversation=conversation.id, seq=seq)
            return await self._store(conversation, seq, self._apology(conversation))

    async def _store(self, conversation: Conversation, seq: int, result: TurnResult) -> tuple[Message, ...] | None:
        """Store the whole turn in one transaction; None when another took the conversation or the message."""
        now = self._clock.now()
        async with self._database.write() as session:
            taken = await conversations.take_seqs(session, conversation.id, len(result.replies), now, owner=Owner.BOT)
            if taken is None or not await messages.take_from_inbox(session, conversation.id, seq):
                await session.rollback()
                return None
            if result.erase:
                return (await self._erasure.erase_within(session, conversation.id, now, turn=seq),)
            first, _ = taken
            spoken = tuple(
                Message(
                    conversation=conversation.id,
                    seq=first + place,
                    author=Author.BOT,
                    reply=reply,
                    at=now,
                    turn=seq,
                )
                for place, reply in enumerate(result.replies)
            )
            await conversation_log.append(session, spoken, self._named(conversation, result.nlu))
            if result.state is not None:
                await trackers.save(session, conversation.id, result.state, now)
            if result.municipality is not None:
                await conversations.set_municipality(session, conversation.id, result.municipality)
            if result.handoff is not None:
                queued = await self._queue.put(session, conversation.id, result.handoff, now, turn=seq)
                spoken = (*spoken, queued.line)
        return spoken

    def _named(self, conversation: Conversation, nlu: Nlu | None) -> Nlu | None:
        """Return the reading with the title of the service that was found, as the catalogue has it at this moment."""
        loaded = self._catalogues.find(conversation.municipality)
        if nlu is None or loaded is None or "service" not in nlu:
            return nlu
        service = loaded.catalogue.service(str(nlu["service"]))
        return nlu if service is None else {**nlu, "service_title": service.title}

    def _deliver(self, conversation: str, seq: int, spoken: tuple[Message, ...]) -> None:
        self._bus.publish(conversation, Signal.LOG_GREW)
        for answer in self._answers.get((conversation, seq), ()):
            answer.set_result(spoken)
