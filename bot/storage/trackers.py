"""Queries over Rasa's dialogue state."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import TrackerRow, table_of
from bot.storage.upserts import compiled_once

_TABLE = table_of(TrackerRow)
_LOAD = select(_TABLE.c.state).where(_TABLE.c.conversation_id == bindparam("conversation"))
_INSERT = insert(_TABLE)
_SAVE = compiled_once(
    _INSERT.on_conflict_do_update(
        index_elements=[_TABLE.c.conversation_id],
        set_={"state": _INSERT.excluded.state, "updated_at": _INSERT.excluded.updated_at},
    )
)


async def load(session: AsyncSession, conversation_id: str) -> bytes | None:
    """Return the stored state of a conversation, or None."""
    result = await session.execute(_LOAD, {"conversation": conversation_id})
    state: bytes | None = result.scalar_one_or_none()
    return state


async def save(session: AsyncSession, conversation_id: str, state: bytes, now: datetime) -> None:
    """Store the state of a conversation over the one before."""
    row = {"conversation_id": conversation_id, "state": state, "updated_at": now}
    await session.execute(_SAVE, row)


async def ids(session: AsyncSession) -> tuple[str, ...]:
    """Return the ids of all conversations that have a state."""
    return tuple((await session.execute(select(TrackerRow.conversation_id))).scalars())
