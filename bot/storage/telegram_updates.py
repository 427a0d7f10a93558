"""Queries over Telegram's updates: stored before work, worked off in order per chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, and_, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import ConversationRow, table_of
from bot.storage.telegram import CHAT_COLUMNS, Chat, chat_of_row
from bot.storage.telegram_tables import TelegramChatRow, TelegramUpdateRow
from bot.storage.upserts import compiled_once

_UPDATES, _CHATS = table_of(TelegramUpdateRow), table_of(TelegramChatRow)
_CONVERSATIONS = table_of(ConversationRow)
_ADD = compiled_once(insert(_UPDATES).on_conflict_do_nothing(index_elements=[_UPDATES.c.bot, _UPDATES.c.update_id]))
_NEXT = (
    select(_UPDATES.c.update_id, _UPDATES.c.body, _UPDATES.c.attempts, *CHAT_COLUMNS)
    .outerjoin(_CHATS, and_(_CHATS.c.bot == _UPDATES.c.bot, _CHATS.c.chat == _UPDATES.c.chat))
    .outerjoin(_CONVERSATIONS, _CONVERSATIONS.c.id == _CHATS.c.conversation_id)
    .where(_UPDATES.c.done_at.is_(None), _UPDATES.c.bot == bindparam("of_bot"), _UPDATES.c.chat == bindparam("in_chat"))
    .order_by(_UPDATES.c.update_id)
    .limit(2)
)
_DONE = (
    update(_UPDATES)
    .where(_UPDATES.c.bot == bindparam("of_bot"), _UPDATES.c.update_id == bindparam("number"))
    .values(done_at=bindparam("at"), body=bindparam("nothing", type_=JSON))
)


@dataclass(frozen=True, slots=True)
class Stored:
    """An update to be worked off; `body` is Telegram's JSON, `attempts` counts the tries that failed.

    `known` is its chat, None for one that never wrote; `more` wait behind it there.
    """

    bot: str
    chat: int
    update_id: int
    body: Mapping[str, Any]
    attempts: int
    known: Chat | None = None
    more: bool = False


async def add(session: AsyncSession, bot: str, updates: Sequence[tuple[int, Mapping[str, Any]]], now: datetime) -> None:
    """Store (chat, update) pairs; what is there already stays as it is."""
    rows = [
        {
            "bot": bot,
            "update_id": body["update_id"],
            "chat": chat,
            "body": dict(body),
            "attempts": 0,
            "received_at": now,
            "done_at": None,
        }
        for chat, body in updates
    ]
    if rows:
        await session.execute(_ADD, rows)


async def waiting_chats(session: AsyncSession) -> tuple[tuple[str, int], ...]:
    """Return (bot, chat) wherever updates wait, the longest waiting first."""
    rows = await session.execute(
        select(_UPDATES.c.bot, _UPDATES.c.chat)
        .where(_UPDATES.c.done_at.is_(None))
        .group_by(_UPDATES.c.bot, _UPDATES.c.chat)
        .order_by(func.min(_UPDATES.c.received_at))
    )
    return tuple((row.bot, row.chat) for row in rows)


async def next_of(session: AsyncSession, bot: str, chat: int) -> Stored | None:
    """Return a chat's oldest update that waits, by Telegram's count."""
    rows = (await session.execute(_NEXT, {"of_bot": bot, "in_chat": chat})).all()
    if not rows:
        return None
    row = rows[0]
    known = None if row.conversation_id is None else chat_of_row(bot, chat, row)
    return Stored(bot, chat, row.update_id, row.body, row.attempts, known, more=len(rows) > 1)


async def mark_done(session: AsyncSession, bot: str, update_id: int, now: datetime) -> None:
    """Record that an update is worked off; its words stand in the log now and no longer here."""
    await session.execute(_DONE, {"of_bot": bot, "number": update_id, "at": now, "nothing": {}})


async def mark_failed(session: AsyncSession, bot: str, update_id: int) -> None:
    """Count a try that failed."""
    await session.execute(
        update(_UPDATES)
        .where(_UPDATES.c.bot == bot, _UPDATES.c.update_id == update_id)
        .values(attempts=_UPDATES.c.attempts + 1)
    )


async def forget_before(session: AsyncSession, moment: datetime) -> None:
    """Remove what was worked off before a moment: Telegram no longer sends it again."""
    await session.execute(delete(_UPDATES).where(_UPDATES.c.done_at < moment))
