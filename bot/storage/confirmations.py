"""Queries over e-mail addresses that wait to be confirmed."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import CaseRow


async def number_of(session: AsyncSession, confirm_hash: str) -> str | None:
    """Return the number of the case whose address is confirmed under this hash; None for an unknown or used one."""
    found: str | None = (
        await session.execute(
            select(CaseRow.number).where(CaseRow.confirm_hash == confirm_hash, CaseRow.erased_at.is_(None))
        )
    ).scalar_one_or_none()
    return found


async def use(session: AsyncSession, number: str) -> None:
    """Make the case's link worthless: it confirms once."""
    await session.execute(update(CaseRow).where(CaseRow.number == number).values(confirm_hash=None))
