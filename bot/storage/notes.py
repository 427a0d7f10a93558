"""Queries over operators' notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.conversation import Signature
from bot.core.handoff import Note
from bot.storage.handoff_tables import NoteRow


async def add(
    session: AsyncSession,
    *,
    conversation: str,
    after_seq: int,
    operator: Signature,
    text: str,
    at: datetime,
    client_id: str | None = None,
) -> Note:
    """Store a note."""
    stored = await session.execute(
        insert(NoteRow)
        .values(
            conversation_id=conversation,
            after_seq=after_seq,
            operator_id=operator.id,
            operator_name=operator.name,
            client_id=client_id,
            text=text,
            created_at=at,
        )
        .returning(NoteRow)
    )
    return _note(stored.scalar_one())


async def by_client_id(session: AsyncSession, operator: str, client_id: str) -> Note | None:
    """Return the note that an operator's client has sent before, or None."""
    row = (
        await session.execute(select(NoteRow).where(NoteRow.operator_id == operator, NoteRow.client_id == client_id))
    ).scalar_one_or_none()
    return None if row is None else _note(row)


async def of_conversation(session: AsyncSession, conversation: str) -> tuple[Note, ...]:
    """Return a conversation's notes, oldest first."""
    rows = await session.execute(select(NoteRow).where(NoteRow.conversation_id == conversation).order_by(NoteRow.id))
    return tuple(_note(row) for row in rows.scalars())


async def by_ids(session: AsyncSession, ids: Sequence[int]) -> dict[int, Note]:
    """Return these notes by their numbers."""
    if not ids:
        return {}
    rows = await session.execute(select(NoteRow).where(NoteRow.id.in_(ids)))
    return {row.id: _note(row) for row in rows.scalars()}


def _note(row: NoteRow) -> Note:
    return Note(
        id=row.id,
        conversation=row.conversation_id,
        after_seq=row.after_seq,
        operator_id=row.operator_id,
        operator_name=row.operator_name,
        text=row.text,
        at=row.created_at,
    )
