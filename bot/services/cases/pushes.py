"""What happened to a case, said in the chat in which it was filed, if Telegram carries that on.

A website's visitor may be anybody at the same machine and is told by mail or on the status page; a private chat is the
resident's own.
"""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.case import RESIDENT, Case, CaseEvent, EventKind
from bot.core.conversation import Author
from bot.core.reply import Button, Reply
from bot.services import log
from bot.services.cases.history import resident_event
from bot.services.cases.notices import ended_before
from bot.services.texts import Texts
from bot.storage import telegram

_KNOWN_ALREADY = frozenset(
    {EventKind.RECEIVED, EventKind.ACKNOWLEDGED, EventKind.IDENTIFIED, EventKind.NOTIFIED, EventKind.WITHDRAWN}
)
"""What the resident did, was answered at once, or learns by the event before it."""


class Pushes:
    """Writes into the log, in the transaction of the event; from there it leaves like all else."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    async def happened(self, session: AsyncSession, case: Case, event: CaseEvent) -> None:
        """Tell the resident of an event, where there is something to tell."""
        conversation = case.filing.conversation
        if conversation is None or event.kind in _KNOWN_ALREADY or event.actor == RESIDENT:
            return
        entry = resident_event(case, event, self._texts)
        if entry is None or (event.kind is EventKind.CLOSED and ended_before(case, event)):
            return
        chat = await telegram.chat_of(session, conversation)
        if chat is None or not chat.private:
            return
        text = self._texts.render("case.push", number=case.number, words=entry.words, reason=entry.reason)
        status = Button(self._texts.render("complaint.button.status"), "/complaint_status")
        reply = Reply(text=text, buttons=(status,))
        await log.say(session, conversation, event.at, author=Author.SYSTEM, reply=reply)
