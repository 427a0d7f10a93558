"""What an update of Telegram's is, to us: read from the library's objects, nothing done yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from telegram import Chat, Message, MessageEntity
from telegram.constants import ChatType

_GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})


class Unread(str, Enum):
    """What a message holds that the bot cannot read."""

    VOICE = "voice"
    VIDEO = "video"
    STICKER = "sticker"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A command: its name without slash and bot, and what stands behind it."""

    command: str
    rest: str


_KINDS = (
    (Unread.VOICE, ("voice", "audio")),
    (Unread.VIDEO, ("video", "video_note", "animation")),
    (Unread.STICKER, ("sticker",)),
    (
        Unread.OTHER,
        ("poll", "dice", "game", "story", "invoice", "checklist", "paid_media", "giveaway", "successful_payment"),
    ),
)


def is_group(chat: Chat) -> bool:
    """Tell whether others read along."""
    return chat.type in _GROUPS


def is_private(chat: Chat) -> bool:
    """Tell whether the chat is with one resident."""
    return chat.type == ChatType.PRIVATE


def command_of(message: Message, username: str) -> Spoken | None:
    """Return the command that a message begins with; None for other words and for other bots' commands."""
    text = message.text or ""
    if not any(entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0 for entity in message.entities):
        return None
    word, _, rest = text.partition(" ")
    name, _, bot = word.removeprefix("/").partition("@")
    if bot and bot.lower() != username.lower():
        return None
    return Spoken(name.lower(), rest.strip())


def is_addressed(message: Message, username: str, bot_id: int) -> bool:
    """Tell whether a message in a group is for the bot: a command, its name, or an answer to what it said."""
    if command_of(message, username) is not None:
        return True
    answered = message.reply_to_message
    if answered is not None and answered.from_user is not None and answered.from_user.id == bot_id:
        return True
    words = (message.text or message.caption or "").lower()
    return f"@{username.lower()}" in _mentions(message, words)


def _mentions(message: Message, words: str) -> set[str]:
    entities = message.entities or message.caption_entities
    encoded = words.encode("utf-16-le")
    return {
        encoded[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", errors="replace")
        for entity in entities
        if entity.type == MessageEntity.MENTION
    }


def words_of(message: Message, username: str) -> str:
    """Return the words of a message, or those under its picture, without the bot's name."""
    text = message.text or message.caption or ""
    for name in (f"@{username}", f"@{username.lower()}"):
        text = text.replace(name, " ")
    return " ".join(text.split(" ")).strip()


def unread(message: Message) -> Unread | None:
    """Return what of a message cannot be read, None when all of it can, or nobody wrote it."""
    for kind, names in _KINDS:
        if any(getattr(message, name, None) for name in names):
            return kind
    return None
