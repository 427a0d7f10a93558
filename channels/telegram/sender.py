"""Sends the errands of the outbox over the Bot API, and says in the outbox's words what went wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.services.outbox import PermanentFailure, Postponed, Record, SendingError, TemporaryFailure
from bot.services.telegram.chats import Chats
from bot.services.telegram.delivery import Errand, errand_of
from bot.services.telegram.directory import Directory
from bot.services.telegram.letters import Letter, Letters, recorded
from bot.services.texts import Texts
from bot.storage.outbox import Parcel
from channels.telegram.bots import Line
from channels.telegram.errors import seconds_to_wait
from channels.telegram.files import Files
from channels.telegram.rendering import locked_keyboard, rendered

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_OFF_SECONDS = 60.0
"""How long a message waits while its bot is not set up, or its token is refused."""
_DONE_ALREADY = "message is not modified"
_NOTHING_THERE = ("message to edit not found", "message can't be edited")


@dataclass(frozen=True, slots=True)
class _Words:
    """One message, ready to be sent."""

    text: str
    keyboard: InlineKeyboardMarkup | None
    reply_to: int | None


_Send = Callable[[int], Awaitable[int | None]]
"""Sends one message to a chat and returns its number, None when there was nothing to send."""


class TelegramSender:
    """Sends one parcel: the row of the log that it points at, or the lock of a keyboard."""

    def __init__(
        self,
        lines: Mapping[str, Line],
        *,
        letters: Letters,
        files: Files,
        texts: Texts,
        chats: Chats,
        directory: Directory,
    ) -> None:
        self._lines = lines
        self._files = files
        self._letters = letters
        self._texts = texts
        self._chats = chats
        self._directory = directory

    async def __call__(self, parcel: Parcel) -> Record | None:
        """Send the parcel. Raises `SendingError`: `PermanentFailure` for 400 and 403, `Postponed` for 429."""
        errand = errand_of(parcel.body)
        if errand is None:
            return None
        line = self._lines.get(errand.bot)
        if line is None:
            raise Postponed("this bot is not set up", _OFF_SECONDS)
        try:
            if errand.pressed is None:
                return await self._send(line, errand)
            await self._lock(line, errand, errand.pressed)
        except TelegramError as error:
            raise _failure(line, error) from error
        return None

    async def _send(self, line: Line, errand: Errand) -> Record | None:
        """Send what was not sent before, and return how the last part is remembered."""
        letter = await self._letters.read(errand)
        if letter is None:
            return None
        parts = self._parts(line, letter)
        done = await self._letters.sent(errand) if len(parts) > 1 else 0
        record: Record | None = None
        for part, send in enumerate(parts[done:], start=done):
            message_id = await self._send_part(line, errand, send)
            if message_id is None:
                continue
            if part == len(parts) - 1:
                record = recorded(errand, message_id, part)
            else:
                await self._letters.note_sent(errand, message_id, part)
        return record

    def _parts(self, line: Line, letter: Letter) -> list[_Send]:
        """Return the messages of a row: its words, the keyboard under the last of them, then its files."""
        shown = rendered(self._texts, letter.row, self._directory.link(line.municipality))
        last = len(shown.parts) - 1
        parts: list[_Send] = []
        for part, text in enumerate(shown.parts):
            keyboard = shown.keyboard if part == last else None
            words = _Words(text, keyboard, letter.answered if part == 0 else None)
            parts.append(partial(_sent, line, words))
        parts += [partial(self._files.send, line, file) for file in letter.row.reply.attachments]
        return parts

    async def _send_part(self, line: Line, errand: Errand, send: _Send) -> int | None:
        async with line.pace.message(errand.chat):
            try:
                return await send(errand.chat)
            except ChatMigrated as moved:
                await self._chats.migrate(line.name, errand.chat, moved.new_chat_id)
                return await send(moved.new_chat_id)

    async def _lock(self, line: Line, errand: Errand, title: str) -> None:
        try:
            await line.bot.edit_message_reply_markup(
                chat_id=errand.chat, message_id=errand.message_id, reply_markup=locked_keyboard(title)
            )
        except BadRequest as error:
            # A message that is gone, or too old, has no keyboard to lock.
            if not any(words in str(error).lower() for words in (_DONE_ALREADY, *_NOTHING_THERE)):
                raise


async def _sent(line: Line, words: _Words, chat: int) -> int:
    reply = None if words.reply_to is None else ReplyParameters(words.reply_to, allow_sending_without_reply=True)
    message = await line.bot.send_message(
        chat,
        words.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=_NO_PREVIEW,
        reply_markup=words.keyboard,
        reply_parameters=reply,
    )
    return message.message_id


def _failure(line: Line, error: TelegramError) -> SendingError:
    words = " ".join(str(error).split())
    match error:
        case RetryAfter():
            seconds = seconds_to_wait(error)
            line.pace.pause(seconds)
            return Postponed(words, seconds, code=429)
        case InvalidToken():
            # Its words hold the token.
            return Postponed("the token was refused", _OFF_SECONDS, code=401)
        case Forbidden():
            return PermanentFailure(words, code=403)
        case BadRequest():
            return PermanentFailure(words, code=400)
        case _:
            return TemporaryFailure(words)
