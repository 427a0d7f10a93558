"""Queries over Telegram's chats, their messages, and the codes that carry conversations over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Result, Row, bindparam, delete, exists, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.conversation import Owner
from bot.storage.tables import ConversationRow, table_of
from bot.storage.telegram_tables import TelegramChatRow, TelegramCodeRow, TelegramMessageRow
from bot.storage.upserts import compiled_once

_CHATS, _MESSAGES = table_of(TelegramChatRow), table_of(TelegramMessageRow)
_CONVERSATIONS = table_of(ConversationRow)
_CODES = table_of(TelegramCodeRow)
CHAT_COLUMNS = (
    _CHATS.c.conversation_id,
    _CHATS.c.private,
    _CONVERSATIONS.c.municipality,
    _CONVERSATIONS.c.owner,
    _CONVERSATIONS.c.last_seq,
    _CONVERSATIONS.c.unreachable,
)
_COLUMNS = select(_CHATS.c.bot, _CHATS.c.chat, *CHAT_COLUMNS).join(
    _CONVERSATIONS, _CONVERSATIONS.c.id == _CHATS.c.conversation_id
)
_BY_ID = _COLUMNS.where(_CHATS.c.bot == bindparam("of_bot"), _CHATS.c.chat == bindparam("wanted"))
_OF_CONVERSATION = _COLUMNS.where(_CHATS.c.conversation_id == bindparam("wanted"))
_PARTS = (
    select(_MESSAGES.c.message_id)
    .where(
        _MESSAGES.c.conversation_id == bindparam("of_conversation"),
        _MESSAGES.c.seq == bindparam("number"),
        _MESSAGES.c.bot == bindparam("of_bot"),
        _MESSAGES.c.chat == bindparam("in_chat"),
    )
    .order_by(_MESSAGES.c.part)
)
_MAPPED = ("bot", "chat", "message_id", "conversation_id", "seq", "part")
_MAP = compiled_once(
    insert(_MESSAGES)
    .from_select(
        _MAPPED,
        select(*(bindparam(f"of_{name}", type_=_MESSAGES.c[name].type) for name in _MAPPED)).where(
            exists().where(_CONVERSATIONS.c.id == bindparam("of_conversation_id"))
        ),
    )
    .on_conflict_do_nothing()
)


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat and the conversation that it carries on now."""

    bot: str
    chat: int
    conversation: str
    private: bool
    municipality: str | None
    owner: Owner
    unreachable: bool
    last_seq: int

    @property
    def is_new(self) -> bool:
        """Whether nothing stands in its log but the greeting."""
        return self.last_seq <= 1

    @property
    def with_person(self) -> bool:
        """Whether a person answers, or is to."""
        return self.owner in {Owner.QUEUED, Owner.OPERATOR}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands."""

    bot: str
    chat: int
    message_id: int


@dataclass(frozen=True, slots=True)
class RowRef:
    """A row of a log, or the part of it that one message holds."""

    conversation: str
    seq: int
    part: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """Which row of a log a message is; `pressed` is the title of the button that was pressed under it."""

    conversation: str
    seq: int
    pressed: str | None


async def chat(session: AsyncSession, bot: str, number: int) -> Chat | None:
    """Return a chat, or None for one that never wrote."""
    return _chat(await session.execute(_BY_ID, {"of_bot": bot, "wanted": number}))


async def chat_of(session: AsyncSession, conversation: str) -> Chat | None:
    """Return the chat that carries a conversation on, or None."""
    return _chat(await session.execute(_OF_CONVERSATION, {"wanted": conversation}))


async def bind(
    session: AsyncSession, bot: str, number: int, conversation: str, now: datetime, *, private: bool = True
) -> None:
    """Let a chat carry on this conversation from now on; another chat that did so lets go of it."""
    await session.execute(delete(_CHATS).where(_CHATS.c.conversation_id == conversation))
    values = {"conversation_id": conversation, "private": private}
    statement = insert(_CHATS).values(bot=bot, chat=number, created_at=now, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=[_CHATS.c.bot, _CHATS.c.chat], set_=values))


async def migrate(session: AsyncSession, bot: str, before: int, after: int) -> None:
    """A group got a new number: it became a supergroup."""
    await session.execute(delete(_CHATS).where(_CHATS.c.bot == bot, _CHATS.c.chat == after))
    await session.execute(update(_CHATS).where(_CHATS.c.bot == bot, _CHATS.c.chat == before).values(chat=after))


async def set_unreachable(session: AsyncSession, conversation: str, *, unreachable: bool) -> bool:
    """Note whether the resident can be reached; False when that is no news."""
    changed = await session.execute(
        update(_CONVERSATIONS)
        .where(_CONVERSATIONS.c.id == conversation, _CONVERSATIONS.c.unreachable != unreachable)
        .values(unreachable=unreachable)
        .returning(_CONVERSATIONS.c.id)
    )
    return changed.scalar_one_or_none() is not None


async def map_message(session: AsyncSession, place: Place, row: RowRef) -> None:
    """Remember which row of the log a message of a chat is; nothing when its conversation was deleted meanwhile."""
    given = {
        "of_bot": place.bot,
        "of_chat": place.chat,
        "of_message_id": place.message_id,
        "of_conversation_id": row.conversation,
        "of_seq": row.seq,
        "of_part": row.part,
    }
    await session.execute(_MAP, given)


async def parts_of(session: AsyncSession, bot: str, number: int, conversation: str, seq: int) -> tuple[int, ...]:
    """Return the ids of the messages that a row of the log is in a chat, in order."""
    given = {"of_conversation": conversation, "number": seq, "of_bot": bot, "in_chat": number}
    rows = await session.execute(_PARTS, given)
    return tuple(rows.scalars())


async def sent(session: AsyncSession, bot: str, number: int, message_id: int) -> Sent | None:
    """Return which row a message is, or None for one that we do not know."""
    row = (
        await session.execute(
            select(_MESSAGES.c.conversation_id, _MESSAGES.c.seq, _MESSAGES.c.pressed).where(
                _MESSAGES.c.bot == bot, _MESSAGES.c.chat == number, _MESSAGES.c.message_id == message_id
            )
        )
    ).one_or_none()
    return None if row is None else Sent(row.conversation_id, row.seq, row.pressed)


async def press(session: AsyncSession, bot: str, number: int, message_id: int, title: str) -> bool:
    """Lock the keyboard under a message with the title that was pressed; False when it was locked before."""
    changed = await session.execute(
        update(_MESSAGES)
        .where(
            _MESSAGES.c.bot == bot,
            _MESSAGES.c.chat == number,
            _MESSAGES.c.message_id == message_id,
            _MESSAGES.c.pressed.is_(None),
        )
        .values(pressed=title)
        .returning(_MESSAGES.c.message_id)
    )
    return changed.scalar_one_or_none() is not None


async def add_code(session: AsyncSession, code_hash: str, conversation: str, expires_at: datetime) -> None:
    """Keep a code; those of the conversation that were given before no longer hold."""
    await session.execute(delete(_CODES).where(_CODES.c.conversation_id == conversation))
    await session.execute(
        insert(_CODES).values(code_hash=code_hash, conversation_id=conversation, expires_at=expires_at, used_at=None)
    )


async def take_code(session: AsyncSession, code_hash: str, now: datetime) -> str | None:
    """Use a code up and return its conversation; None when it is unknown, used or too old."""
    taken = await session.execute(
        update(_CODES)
        .where(_CODES.c.code_hash == code_hash, _CODES.c.used_at.is_(None), _CODES.c.expires_at > now)
        .values(used_at=now)
        .returning(_CODES.c.conversation_id)
    )
    conversation: str | None = taken.scalar_one_or_none()
    return conversation


async def forget_codes(session: AsyncSession, moment: datetime) -> None:
    """Remove the codes that ended before a moment."""
    await session.execute(delete(_CODES).where(_CODES.c.expires_at < moment))


def _chat(result: Result[Any]) -> Chat | None:
    row = result.one_or_none()
    return None if row is None else chat_of_row(row.bot, row.chat, row)


def chat_of_row(bot: str, number: int, row: Row[Any]) -> Chat:
    """Return a chat from a row that holds `CHAT_COLUMNS`."""
    return Chat(
        bot=bot,
        chat=number,
        conversation=row.conversation_id,
        private=row.private,
        municipality=row.municipality,
        owner=Owner(row.owner),
        unreachable=bool(row.unreachable),
        last_seq=row.last_seq,
    )
