"""Files both ways: what residents send is taken into the one store, what operators send is read from it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram import InputFile, Message

from bot.core.attachment import MAX_BYTES, Attachment, AttachmentRefusedError
from bot.services.attachments.keeper import Attachments
from bot.services.texts import Texts
from bot.storage.telegram import Chat
from channels.telegram.bots import Line

_SHOWN_AS_PHOTO = frozenset({"image/jpeg", "image/png"})
_LOCATION_FILE = "telegram.location.file"


@dataclass(frozen=True, slots=True)
class Offered:
    """A file that a message holds, not yet fetched; `size` in bytes, None when Telegram does not tell."""

    file_id: str
    name: str
    size: int | None


def offered(message: Message) -> Offered | None:
    """Return the file of a message, of a photo the largest picture; None when there is none that is taken."""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Offered(largest.file_id, "", largest.file_size)
    document = message.document
    # A moving picture comes as a document too; it is told as the video that it is.
    if document is None or message.animation is not None:
        return None
    return Offered(document.file_id, document.file_name or "", document.file_size)


class Files:
    """Fetches files from Telegram and hands those of the store to it."""

    def __init__(self, attachments: Attachments, texts: Texts) -> None:
        self._attachments = attachments
        self._texts = texts

    async def take(self, line: Line, chat: Chat, file: Offered) -> Attachment:
        """Fetch a file and keep it for the chat's conversation.

        Raises `AttachmentRefusedError`, and `TelegramError` when it cannot be fetched.
        """
        if file.size is not None and file.size > MAX_BYTES:
            raise AttachmentRefusedError("file_too_large")
        found = await line.bot.get_file(file.file_id)
        if found.file_size is not None and found.file_size > MAX_BYTES:
            raise AttachmentRefusedError("file_too_large")
        content = bytes(await found.download_as_bytearray())
        return await self._attachments.keep(chat.conversation, file.name, content)

    async def take_place(self, chat: Chat, words: str) -> Attachment:
        """Keep a place on the map as a file of its own, so that it goes with a complaint as photos do."""
        name = self._texts.render(_LOCATION_FILE)
        return await self._attachments.keep(chat.conversation, name, words.encode())

    async def send(self, line: Line, file: Attachment, chat: int) -> int | None:
        """Send a file of the store and return the message's number; None when it was removed meanwhile."""
        opened = await self._attachments.open(file.id)
        if opened is None:
            return None
        content = await asyncio.to_thread(opened.file.read_bytes)
        upload = InputFile(content, filename=file.name)
        if file.media_type in _SHOWN_AS_PHOTO:
            return (await line.bot.send_photo(chat, upload)).message_id
        return (await line.bot.send_document(chat, upload)).message_id
