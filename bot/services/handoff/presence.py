"""Presence: who is here, paused or away; what vanished operators had goes back to the queue; silent residents."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.conversation import Author, Owner
from bot.core.handoff import ClosedReason, HandoffReason, Presence, PresenceState, WaitEnd
from bot.core.operators import Operator
from bot.core.reply import Reply
from bot.services import log as conversation_log
from bot.services.handoff.availability import Availability
from bot.services.handoff.closing import rating_question
from bot.services.handoff.queue import Queue
from bot.services.handoff.tools import Tools
from bot.storage import desk_events, handoff, presence
from bot.storage.desk_events import EventKind
from bot.storage.handoff import Standing

log = structlog.get_logger(__name__)

IDLE_ANSWER = timedelta(minutes=10)
"""How long a silent resident who was asked has to answer."""
OPERATOR = "operator"
"""In an event's body: whose presence it tells of."""
HOPELESS_AFTER = timedelta(minutes=10)
"""How long somebody waits, the office being closed and nobody here, before the bot takes over again."""
_KEPT_EVENTS = 10_000
_EVENTS_FOR = timedelta(days=2)
_SEEN_EVERY = timedelta(seconds=10)


class PresenceDesk:
    """Keeps presence and cleans up after those who vanish."""

    def __init__(
        self, tools: Tools, queue: Queue, availability: Availability, *, away_after: timedelta, idle_after: timedelta
    ) -> None:
        self._tools = tools
        self._queue = queue
        self._availability = availability
        self._away_after = away_after
        self._idle_after = idle_after

    async def seen(self, operator: Operator, state: PresenceState | None = None) -> None:
        """Note a sign of life, with what the operator chose; None leaves a pause a pause and ends an absence."""
        now = self._tools.clock.now()
        async with self._tools.database.read() as session:
            before = await presence.of_operator(session, operator.id)
        if before is not None and _is_no_news(before, state, now):
            return
        async with self._tools.database.write() as session:
            before = await presence.of_operator(session, operator.id)
            was = PresenceState.AWAY if before is None else before.state
            is_now = state or (PresenceState.HERE if was is PresenceState.AWAY else was)
            await presence.put(session, Presence(operator.id, is_now, now))
            if is_now is not was:
                await self._tell(session, operator.id, now)
        if is_now is not was:
            self._tools.wake("")

    async def sweep(self) -> None:
        """See to vanished operators, to those who wait when nobody can come, and to silent residents."""
        await self._release_vanished()
        await self._release_hopeless()
        await self._ask_silent()
        await self._close_silent()

    async def tidy(self) -> None:
        """Remove events that no console will ask for."""
        async with self._tools.database.write() as session:
            await desk_events.remove_before(session, self._tools.clock.now() - _EVENTS_FOR, keep=_KEPT_EVENTS)

    async def _release_vanished(self) -> None:
        now = self._tools.clock.now()
        # Looked first: the writer is not kept busy for nothing.
        async with self._tools.database.read() as session:
            silent = await presence.silent(session, now - self._away_after)
            left = await handoff.owned_by(session, await presence.absent(session))
        if not silent and not left:
            return
        released: list[Standing] = []
        async with self._tools.database.write() as session:
            for gone in await presence.vanish(session, now - self._away_after):
                await self._tell(session, gone, now)
            for standing in await handoff.owned_by(session, await presence.absent(session)):
                await self._release(session, standing, now)
                released.append(standing)
        self._tools.wake("", *(standing.id for standing in released))
        for standing in released:
            log.info("conversation_released", conversation=standing.id)

    async def _release(self, session: AsyncSession, standing: Standing, now: datetime) -> None:
        operator = standing.operator
        if operator is None:
            return
        await handoff.enqueue(
            session,
            standing.id,
            Owner.OPERATOR,
            now,
            reason=HandoffReason.OPERATOR_VANISHED,
            operator=operator.id,
        )
        await self._tools.announce(session, standing.id, Owner.QUEUED, now, "vanished", name=operator.name)

    async def _release_hopeless(self) -> None:
        """Give back to the bot what waits while the office is closed and nobody is here: nobody would come."""
        long_ago = self._tools.clock.now() - HOPELESS_AFTER
        async with self._tools.database.read() as session:
            waiting = await handoff.queued(session)
        for standing in waiting:
            if standing.municipality is None or self._tools.catalogues.find(standing.municipality) is None:
                continue
            if standing.queued_at is None or standing.queued_at > long_ago:
                continue
            available = await self._availability.of(standing.municipality, standing.department)
            if not available.here and not available.office_open:
                await self._queue.leave(standing.id, WaitEnd.NOBODY, available.opens)

    async def _ask_silent(self) -> None:
        now = self._tools.clock.now()
        async with self._tools.database.read() as session:
            silent = await handoff.silent_since(session, now - self._idle_after)
        for standing in silent:
            async with self._tools.database.write() as session:
                # Looked at once more: the resident may have written meanwhile.
                again = await handoff.silent_since(session, now - self._idle_after)
                if all(one.id != standing.id for one in again):
                    continue
                minutes = int(IDLE_ANSWER.total_seconds() // 60)
                question = Reply(text=self._tools.texts.render("handoff.idle_question", count=minutes))
                asked = await conversation_log.say(session, standing.id, now, author=Author.SYSTEM, reply=question)
                await handoff.ask_idle(session, standing.id, asked.seq)
            self._tools.wake(standing.id)

    async def _close_silent(self) -> None:
        now = self._tools.clock.now()
        async with self._tools.database.read() as session:
            if not await handoff.unanswered_since(session, now - IDLE_ANSWER):
                return
        closed: list[str] = []
        async with self._tools.database.write() as session:
            for standing in await handoff.unanswered_since(session, now - IDLE_ANSWER):
                await handoff.close(
                    session,
                    standing.id,
                    Owner.OPERATOR,
                    now,
                    reason=ClosedReason.LEFT,
                    topic=None,
                    comment=None,
                )
                await self._tools.announce(session, standing.id, Owner.CLOSED, now, "idle_closed")
                question = rating_question(self._tools.texts)
                await conversation_log.say(session, standing.id, now, author=Author.BOT, reply=question)
                closed.append(standing.id)
        self._tools.wake(*closed)

    async def _tell(self, session: AsyncSession, operator: str, now: datetime) -> None:
        # Colleagues of any municipality in common see it: the feed knows whose.
        await desk_events.add(session, EventKind.PRESENCE, municipality=None, body={OPERATOR: operator}, at=now)


def _is_no_news(before: Presence, state: PresenceState | None, now: datetime) -> bool:
    same = before.state is not PresenceState.AWAY and state in {None, before.state}
    return same and now - before.seen_at < _SEEN_EVERY
