"""The end of a conversation with a person: closed with a reason, or back to the bot; then the rating is asked."""

from __future__ import annotations

import json
import re
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.conversation import Author, Message, Owner
from bot.core.handoff import MAX_REPLY_CHARACTERS, ClosedReason, HandoffRefusedError
from bot.core.operators import Operator
from bot.core.reply import Button, Reply
from bot.core.text_rules import accepted_text
from bot.services import log
from bot.services.handoff.talk import put_note
from bot.services.handoff.tools import Tools, owned
from bot.services.texts import Texts
from bot.storage import handoff as storage

MAX_TOPIC_CHARACTERS = 120
_RATINGS = (1, 2, 3, 4, 5)
_RATED = re.compile(r'/rate_service\{"rating":\s?"([1-5])"\}')


class Closing:
    """Ends what operators have."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def close(
        self, operator: Operator, conversation: str, reason: ClosedReason, topic: str, comment: str = ""
    ) -> None:
        """Close an own conversation and ask the resident for a rating.

        Raises `HandoffRefusedError` with `closed`, `not_owner`, `forbidden`, `unknown_conversation` or `text_too_long`.
        """
        kept_topic = " ".join(topic.split()) or None
        if kept_topic is not None and len(kept_topic) > MAX_TOPIC_CHARACTERS:
            raise HandoffRefusedError("text_too_long")
        kept_comment = accepted_text(comment, MAX_REPLY_CHARACTERS) if comment.strip() else None
        now = self._tools.clock.now()
        async with self._tools.database.write() as session:
            await owned(session, operator, conversation, Owner.CLOSED)
            await storage.close(
                session,
                conversation,
                Owner.OPERATOR,
                now,
                reason=reason,
                topic=kept_topic,
                comment=kept_comment,
                operator=operator.id,
            )
            name = operator.display_name
            await self._tools.announce(session, conversation, Owner.CLOSED, now, "closed", name=name)
            if reason is not ClosedReason.ABUSE:
                question = rating_question(self._tools.texts)
                await log.say(session, conversation, now, author=Author.BOT, reply=question)
        self._tools.wake(conversation)

    async def give_back(self, operator: Operator, conversation: str, note: str = "") -> None:
        """Give an own conversation back to the bot. Raises as `close`."""
        written = accepted_text(note, MAX_REPLY_CHARACTERS) if note.strip() else None
        now = self._tools.clock.now()
        async with self._tools.database.write() as session:
            standing = await owned(session, operator, conversation, Owner.BOT)
            if written is not None:
                await put_note(session, standing, operator, written, now)
            await storage.give_back(session, conversation, Owner.OPERATOR, now, operator=operator.id)
            name = operator.display_name
            await self._tools.announce(session, conversation, Owner.BOT, now, "returned", name=name)
        self._tools.wake(conversation)


def rating_question(texts: Texts) -> Reply:
    """Return the question for a rating with its buttons."""
    buttons = tuple(Button(str(number), f"/rate_service{json.dumps({'rating': str(number)})}") for number in _RATINGS)
    return Reply(text=texts.render("handoff.rating"), buttons=buttons)


def rating_of(message: Message) -> int | None:
    """Return the rating that a pressed button gives, None for any other message."""
    found = _RATED.fullmatch(message.payload or "")
    return None if found is None else int(found[1])


async def take_rating(session: AsyncSession, texts: Texts, message: Message, now: datetime) -> Message | None:
    """Keep the rating of a closed conversation and thank for it; None when the message is none, or a second one."""
    rating = rating_of(message)
    if rating is None or not await storage.rate(session, message.conversation, rating):
        return None
    thanks = Reply(text=texts.render("handoff.rated"))
    return await log.say(session, message.conversation, now, author=Author.BOT, reply=thanks, turn=message.seq)
