"""The queue: residents who wait for a person, their place and an honest waiting time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.conversation import Message, Owner, check_transition
from bot.core.handoff import (
    HandoffAsk,
    HandoffReason,
    HandoffRefusedError,
    Placed,
    WaitEnd,
    waiting_time,
    whole_minutes,
)
from bot.services.handoff.tools import Tools
from bot.storage import handoff as storage
from bot.storage import messages
from bot.storage.handoff import Standing


@dataclass(frozen=True, slots=True)
class Queued:
    """Where a conversation was put and the line that told so."""

    placed: Placed
    line: Message


class Queue:
    """Puts conversations into the queue and takes them out when the resident no longer waits."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def request(
        self, conversation: str, reason: HandoffReason, topic: str | None = None, department: str | None = None
    ) -> Placed:
        """Put the bot's conversation into the queue; one that is with people already stays where it is.

        Raises `HandoffRefusedError` with `unknown_conversation`, `IllegalTransitionError` for a closed one.
        """
        now = self._tools.clock.now()
        async with self._tools.database.write() as session:
            standing = await _known(session, conversation)
            if standing.owner in {Owner.QUEUED, Owner.OPERATOR}:
                return await self._placed(session, standing)
            check_transition(standing.owner, Owner.QUEUED)
            queued = await self.put(session, conversation, HandoffAsk(reason, topic, department), now)
        self._tools.wake(conversation)
        return queued.placed

    async def put(
        self, session: AsyncSession, conversation: str, ask: HandoffAsk, now: datetime, *, turn: int | None = None
    ) -> Queued:
        """Put the bot's conversation into the queue in the caller's transaction, which holds it to be the bot's.

        `turn` is the number of the resident's message that asked for it.
        """
        changes = {"topic": ask.topic, "department": ask.department}
        await storage.enqueue(session, conversation, Owner.BOT, now, reason=ask.reason, changes=changes)
        # What waits is a person's to answer now; the bot must not come back to it later.
        await messages.empty_inbox(session, conversation)
        placed = await self._placed(session, await _known(session, conversation))
        minutes = None if placed.wait is None else whole_minutes(placed.wait)
        line = await self._tools.announce(
            session,
            conversation,
            Owner.QUEUED,
            now,
            "queued",
            turn=turn,
            position=placed.position,
            count=minutes,
        )
        return Queued(placed, line)

    async def place(self, conversation: str) -> Placed:
        """Return where a conversation stands now. Raises `HandoffRefusedError` unless it is with people."""
        async with self._tools.database.read() as session:
            standing = await _known(session, conversation)
            if standing.owner not in {Owner.QUEUED, Owner.OPERATOR}:
                raise HandoffRefusedError("illegal_transition")
            return await self._placed(session, standing)

    async def leave(self, conversation: str, how: WaitEnd = WaitEnd.LEFT, opens: str | None = None) -> bool:
        """Give a waiting conversation back to the bot; False when it no longer waited.

        `how` is LEFT, or NOBODY: then `opens` says when people are back.
        """
        now = self._tools.clock.now()
        async with self._tools.database.write() as session:
            if not await storage.give_back(session, conversation, Owner.QUEUED, now, how=how):
                return False
            if how is WaitEnd.NOBODY:
                await self._tools.announce(session, conversation, Owner.BOT, now, "nobody", opens=opens)
            else:
                await self._tools.announce(session, conversation, Owner.BOT, now, "left_queue")
        self._tools.wake(conversation)
        return True

    async def _placed(self, session: AsyncSession, standing: Standing) -> Placed:
        if standing.owner is Owner.OPERATOR:
            return Placed(0, None)
        wait = waiting_time(await storage.latest_picks(session, standing.municipality))
        return Placed(await storage.position(session, standing), wait)


async def _known(session: AsyncSession, conversation: str) -> Standing:
    standing = await storage.standing(session, conversation)
    if standing is None:
        raise HandoffRefusedError("unknown_conversation")
    return standing
