"""Deletes a conversation at the resident's wish: in one transaction, down to the bytes on the disk."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.clock import Clock
from bot.core.conversation import Author, Conversation, Message, Owner
from bot.core.reply import Reply
from bot.engine.base import Engine
from bot.errors import WrongTokenError
from bot.services import log as conversation_log
from bot.services.attachments.keeper import Attachments
from bot.services.bus import Bus, Signal
from bot.services.texts import Texts
from bot.storage import conversations, desk_events, handoff, own_data, retention, telegram
from bot.storage.database import Database
from bot.storage.desk_events import EventKind

log = structlog.get_logger(__name__)

_REMEMBERED = 256


class Erasure:
    """Removes what may be removed and says what the law keeps.

    Filed cases stay (GDPR 17(3)(b)), without their tie to the conversation, and so does the audit log, which holds no
    words. The one conversation of a channel with ids of its own goes on as a new one, whose log begins with what was
    deleted; a widget begins anew by itself.
    """

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        bus: Bus,
        texts: Texts,
        engine: Engine,
        attachments: Attachments,
    ) -> None:
        self._database = database
        self._clock = clock
        self._bus = bus
        self._texts = texts
        self._engine = engine
        self._attachments = attachments
        self._farewells: OrderedDict[str, str] = OrderedDict()
        # Also after a start: a process killed between commit and clean-up left the words in the write-ahead log.
        self._log_to_empty = True

    async def erase(self, conversation: str) -> Message:
        """Delete a conversation, whoever has it, and return what is said about that.

        Raises `WrongTokenError` when there is no such conversation (any more).
        """
        async with self._turns_of(conversation), self._database.write() as session:
            farewell = await self.erase_within(session, conversation, self._clock.now())
        await self.clean_up(conversation)
        return farewell

    async def erase_within(
        self, session: AsyncSession, conversation: str, now: datetime, turn: int | None = None
    ) -> Message:
        """Delete a conversation in the caller's transaction; after its commit call `clean_up`. Raises as `erase`."""
        standing = await handoff.standing(session, conversation)
        if standing is None:
            raise WrongTokenError("no such conversation")
        external_id = await conversations.external_id(session, conversation)
        chat = await telegram.chat_of(session, conversation)
        await retention.overwrite_removed(session)
        numbers = await own_data.release_cases(session, conversation)
        if numbers:
            await retention.empty_mails(session, await own_data.sent_mails_of(session, numbers))
        await retention.erase_chats(session, [conversation])
        await desk_events.forget(session, conversation)
        await desk_events.add(
            session,
            EventKind.ERASED,
            municipality=standing.municipality,
            department=standing.department,
            conversation=conversation,
            body={},
            at=now,
        )
        reply = Reply(text=self._words(numbers))
        self._remember(conversation, reply.text)
        if external_id is None and chat is None:
            seq = standing.last_seq + 1
            return Message(conversation=conversation, seq=seq, author=Author.BOT, reply=reply, at=now, turn=turn)
        following = Conversation(uuid.uuid4().hex, standing.channel, standing.municipality, Owner.BOT, 0)
        await conversations.add(session, following, now=now, external_id=external_id)
        if chat is not None:
            await telegram.bind(session, chat.bot, chat.chat, following.id, now, private=chat.private)
        return await conversation_log.say(session, following.id, now, author=Author.BOT, reply=reply)

    async def clean_up(self, conversation: str) -> None:
        """Forget the conversation in memory, remove its files and words from the disk, then let sockets know."""
        self._engine.forget(conversation)
        await self._attachments.tidy()
        self._log_to_empty = True
        await self.tidy()
        self._bus.publish(conversation, Signal.LOG_GREW)
        self._bus.publish(conversation, Signal.ERASED)
        log.info("conversation_erased", conversation=conversation)

    async def tidy(self) -> None:
        """Empty the write-ahead log if words may still stand in it; a reader may be in the way, then later."""
        if self._log_to_empty:
            self._log_to_empty = not await self._database.empty_log()

    def farewell(self, conversation: str) -> str:
        """Return what is said to whoever still shows a deleted conversation."""
        return self._farewells.get(conversation) or self._words(())

    def _words(self, numbers: Sequence[str]) -> str:
        return self._texts.render("own_data.erased", numbers=", ".join(numbers), several=len(numbers) > 1)

    def _remember(self, conversation: str, text: str) -> None:
        self._farewells[conversation] = text
        if len(self._farewells) > _REMEMBERED:
            self._farewells.popitem(last=False)

    @asynccontextmanager
    async def _turns_of(self, conversation: str) -> AsyncIterator[None]:
        """Wait for a running turn: it would remember what is being deleted."""
        if not self._engine.ready:
            yield
            return
        async with self._engine.lock(conversation):
            yield
