"""Claiming: of all who reach for a waiting conversation one gets it, and the others are told who."""

from __future__ import annotations

from bot.core.conversation import Owner
from bot.core.handoff import HandoffRefusedError
from bot.core.operators import Operator, Permission
from bot.services.handoff.tools import Tools, found, signature
from bot.storage import handoff as storage


class Claims:
    """Gives waiting conversations to operators."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def claim(self, operator: Operator, conversation: str) -> None:
        """Take a waiting conversation; taking one's own again changes nothing.

        Raises `HandoffRefusedError` with `already_claimed` (and by whom), `closed`, `illegal_transition` for the
        bot's, `forbidden` or `unknown_conversation`.
        """
        now, me = self._tools.clock.now(), signature(operator)
        async with self._tools.database.write() as session:
            standing = await found(session, operator, conversation, Permission.REPLY)
            if not await storage.claim(session, conversation, me, now):
                if standing.operator is not None and standing.owner is Owner.OPERATOR:
                    if standing.operator.id == me.id:
                        return
                    raise HandoffRefusedError("already_claimed", standing.operator.name)
                raise HandoffRefusedError("closed" if standing.owner is Owner.CLOSED else "illegal_transition")
            await self._tools.announce(session, conversation, Owner.OPERATOR, now, "joined", name=me.name)
        self._tools.wake(conversation)
