"""Queries over failed tries of access codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import GuessRow


@dataclass(frozen=True, slots=True)
class Guesses:
    """Wrong codes in a row for one number, and until when it is locked."""

    failures: int
    locked_until: datetime | None
    updated_at: datetime


async def of_number(session: AsyncSession, number: str) -> Guesses | None:
    """Return what was tried for a number, or None."""
    row = (await session.execute(select(GuessRow).where(GuessRow.number == number))).scalar_one_or_none()
    return None if row is None else Guesses(row.failures, row.locked_until, row.updated_at)


async def count(
    session: AsyncSession, number: str, failures: int, locked_until: datetime | None, now: datetime
) -> None:
    """Store how often a number was tried in vain."""
    values = {"failures": failures, "locked_until": locked_until, "updated_at": now}
    statement = insert(GuessRow).values(number=number, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=[GuessRow.number], set_=values))


async def forget(session: AsyncSession, number: str) -> None:
    """Begin to count anew."""
    await session.execute(
        delete(GuessRow).where(GuessRow.number == number).execution_options(synchronize_session=False)
    )


async def forget_before(session: AsyncSession, moment: datetime) -> int:
    """Remove what was tried last before a moment; return how many numbers that were."""
    gone = await session.execute(
        delete(GuessRow)
        .where(GuessRow.updated_at < moment)
        .returning(GuessRow.number)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())
