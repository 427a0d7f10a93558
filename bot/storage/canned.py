"""Queries over prepared replies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.handoff import CannedReply
from bot.storage.handoff_tables import CannedReplyRow

_NO_SYNC = {"synchronize_session": False}


async def add(
    session: AsyncSession, *, municipality: str | None, shortcut: str, title: str, text: str, now: datetime
) -> CannedReply:
    """Store a prepared reply."""
    stored = await session.execute(
        insert(CannedReplyRow)
        .values(municipality=municipality, shortcut=shortcut, title=title, text=text, updated_at=now)
        .returning(CannedReplyRow)
    )
    return _canned(stored.scalar_one())


async def by_id(session: AsyncSession, canned: int) -> CannedReply | None:
    """Return a prepared reply, or None."""
    row = (await session.execute(select(CannedReplyRow).where(CannedReplyRow.id == canned))).scalar_one_or_none()
    return None if row is None else _canned(row)


async def every(session: AsyncSession) -> tuple[CannedReply, ...]:
    """Return all prepared replies by their shortcuts."""
    rows = await session.execute(select(CannedReplyRow).order_by(CannedReplyRow.shortcut, CannedReplyRow.id))
    return tuple(_canned(row) for row in rows.scalars())


async def change(session: AsyncSession, changed: CannedReply, now: datetime) -> None:
    """Store what a prepared reply says from now on."""
    await session.execute(
        update(CannedReplyRow)
        .where(CannedReplyRow.id == changed.id)
        .values(
            municipality=changed.municipality,
            shortcut=changed.shortcut,
            title=changed.title,
            text=changed.text,
            updated_at=now,
        )
        .execution_options(**_NO_SYNC)
    )


async def remove(session: AsyncSession, canned: int) -> None:
    """Remove a prepared reply."""
    await session.execute(delete(CannedReplyRow).where(CannedReplyRow.id == canned).execution_options(**_NO_SYNC))


def _canned(row: CannedReplyRow) -> CannedReply:
    return CannedReply(id=row.id, municipality=row.municipality, shortcut=row.shortcut, title=row.title, text=row.text)
