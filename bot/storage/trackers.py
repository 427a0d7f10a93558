"""Queries over Rasa's dialogue state."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import TrackerRow


async def load(session: AsyncSession, conversation_id: str) -> bytes | None:
    """Return the stored state of a conversation, or None."""
    result = await session.execute(select(TrackerRow.state).where(TrackerRow.conversation_id == conversation_id))
    return result.scalar_one_or_none()


async def save(session: AsyncSession, conversation_id: str, state: bytes, now: datetime) -> None:
    """Store the state of a conversation over the one before."""
    statement = insert(TrackerRow).values(conversation_id=conversation_id, state=state, updated_at=now)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[TrackerRow.conversation_id], set_={"state": state, "updated_at": now}
        )
    )


async def ids(session: AsyncSession) -> tuple[str, ...]:
    """Return the ids of all conversations that have a state."""
    return tuple((await session.execute(select(TrackerRow.conversation_id))).scalars())
