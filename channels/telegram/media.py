"""Messages that are no words: files and places are kept, the rest gets a kind sentence."""

from __future__ import annotations

from collections import OrderedDict

import structlog
from telegram import Message
from telegram.error import TelegramError

from bot.core.attachment import AttachmentRefusedError
from bot.core.conversation import Inbound
from bot.core.reply import Reply
from bot.services.telegram.updates import Mapped
from bot.services.texts import Texts
from bot.storage.telegram import Chat
from channels.telegram.bots import Line
from channels.telegram.files import Files, Offered, offered
from channels.telegram.intake import Intake
from channels.telegram.reading import Unread, unread

log = structlog.get_logger(__name__)

_MOST_ALBUMS = 1000
_TRIES = 3
"""After so many a file that cannot be fetched is asked for again."""


class Media:
    """Takes in what is no words."""

    def __init__(self, *, files: Files, intake: Intake, texts: Texts) -> None:
        self._files = files
        self._intake = intake
        self._texts = texts
        self._albums: OrderedDict[str, None] = OrderedDict()

    def holds(self, message: Message) -> bool:
        """Tell whether a message is more than words."""
        return bool(offered(message) or message.location or unread(message))

    async def take(self, line: Line, chat: Chat, message: Message, words: str, attempts: int) -> Mapped | None:
        """Take in such a message; `attempts` tells how often that failed before.

        Raises `TelegramError` when a file cannot be fetched and should be tried for again.
        """
        file, kind = offered(message), unread(message)
        if file is not None:
            return await self._file(line, chat, message, words, file, attempts)
        if message.location is not None:
            return await self._place(chat, message)
        return None if kind is None else await self._unread(chat, message, kind, words)

    async def _file(  # noqa: PLR0917 - what a file comes with
        self, line: Line, chat: Chat, message: Message, words: str, file: Offered, attempts: int
    ) -> Mapped | None:
        try:
            kept = await self._files.take(line, chat, file)
        except AttachmentRefusedError as error:
            return await self._refused(chat, message, words, self._texts.render(f"error.{error.code}"))
        except TelegramError:
            if attempts < _TRIES:
                raise
            return await self._refused(chat, message, words, self._texts.render("telegram.file.not_fetched"))
        follows = self._follows_in_album(message)
        inbound = Inbound(text=words, attachments=(kept.id,), asks_bot=not follows or bool(words))
        return await self._intake.take(chat, message, inbound)

    async def _refused(self, chat: Chat, message: Message, words: str, answer: str) -> Mapped | None:
        label = self._texts.render("telegram.label.file")
        return await self._intake.note(chat, message, f"{label} {words}".strip(), answer)

    def _follows_in_album(self, message: Message) -> bool:
        """Tell whether an earlier picture of the same album was answered: one sentence is enough for all."""
        album = message.media_group_id
        if album is None:
            return False
        known = album in self._albums
        self._albums[album] = None
        if len(self._albums) > _MOST_ALBUMS:
            self._albums.popitem(last=False)
        return known

    async def _place(self, chat: Chat, message: Message) -> Mapped | None:
        location, venue = message.location, message.venue
        if location is None:
            return None
        words = self._texts.render(
            "telegram.location.words",
            latitude=f"{location.latitude:.5f}",
            longitude=f"{location.longitude:.5f}",
            title=None if venue is None else venue.title,
        )
        kept = await self._files.take_place(chat, words)
        said = () if chat.with_person else (Reply(text=self._texts.render("telegram.location.kept")),)
        inbound = Inbound(text=words, attachments=(kept.id,), said=said, asks_bot=False)
        return await self._intake.take(chat, message, inbound)

    async def _unread(self, chat: Chat, message: Message, kind: Unread, words: str) -> Mapped | None:
        label = " ".join(part for part in (self._texts.render(f"telegram.label.{kind.value}"), words) if part)
        if chat.with_person and kind is Unread.STICKER:
            return await self._intake.take(chat, message, Inbound(text=label))
        group = "unread_by_person" if chat.with_person else "unread"
        return await self._intake.note(chat, message, label, self._texts.render(f"telegram.{group}.{kind.value}"))
