"""What every part of the hand-off needs, and the checks that all of its commands begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.clock import Clock
from bot.core.conversation import Author, Message, Owner, Signature, check_transition
from bot.core.handoff import HandoffRefusedError
from bot.core.operators import Operator, Permission, may
from bot.core.reply import Reply
from bot.services import log
from bot.services.bus import Bus, Signal
from bot.services.catalogues import Catalogues
from bot.services.texts import Texts
from bot.storage import handoff as storage
from bot.storage.database import Database
from bot.storage.handoff import Standing


@dataclass(frozen=True, kw_only=True)
class Tools:
    """The database, the clock and what is said, in one place."""

    database: Database
    clock: Clock
    bus: Bus
    texts: Texts
    catalogues: Catalogues

    async def announce(
        self,
        session: AsyncSession,
        conversation: str,
        owner: Owner,
        now: datetime,
        key: str,
        *,
        turn: int | None = None,
        **values: object,
    ) -> Message:
        """Write the system line that tells who answers from now on; consoles get it as an event."""
        line = Reply(text=self.texts.render(f"handoff.{key}", **values))
        return await log.say(session, conversation, now, author=Author.SYSTEM, reply=line, turn=turn, owner=owner)

    def wake(self, *conversations: str) -> None:
        """Let whoever follows the conversations look at their logs; called after the commit."""
        for conversation in conversations:
            self.bus.publish(conversation, Signal.LOG_GREW)


def signature(operator: Operator) -> Signature:
    """Return under which name an operator writes."""
    return Signature(operator.id, operator.display_name)


async def found(session: AsyncSession, operator: Operator, conversation: str, permission: Permission) -> Standing:
    """Return a conversation that an operator may do something with.

    Raises `HandoffRefusedError` with `unknown_conversation` or `forbidden`.
    """
    standing = await storage.standing(session, conversation)
    if standing is None:
        raise HandoffRefusedError("unknown_conversation")
    if not may(operator, permission, standing.municipality, department=standing.department):
        raise HandoffRefusedError("forbidden")
    return standing


async def owned(session: AsyncSession, operator: Operator, conversation: str, after: Owner) -> Standing:
    """Return a conversation that this operator has now and may hand to `after`.

    Raises `HandoffRefusedError` with `unknown_conversation`, `forbidden`, `closed` or `not_owner`.
    """
    standing = await found(session, operator, conversation, Permission.REPLY)
    check_ownership(standing, operator)
    check_transition(standing.owner, after)
    return standing


def check_ownership(standing: Standing, operator: Operator) -> None:
    """Raise `HandoffRefusedError` with `closed` or `not_owner` unless the operator has the conversation."""
    if standing.owner is Owner.CLOSED:
        raise HandoffRefusedError("closed")
    if standing.owner is not Owner.OPERATOR or standing.operator is None or standing.operator.id != operator.id:
        raise HandoffRefusedError("not_owner", None if standing.operator is None else standing.operator.name)
