"""Queries over the outbox: what must leave over a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import OutboxRow

WAITING, SENT, DEAD = "waiting", "sent", "dead"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing to send; `attempts` counts the failed tries so far."""

    id: int
    kind: str
    body: Mapping[str, object]
    attempts: int


async def add(session: AsyncSession, kind: str, body: Mapping[str, object], now: datetime) -> None:
    """Put something in the outbox; call it in the transaction that causes the sending."""
    await session.execute(
        insert(OutboxRow).values(
            kind=kind, body=dict(body), state=WAITING, attempts=0, next_attempt_at=now, created_at=now
        )
    )


async def due(session: AsyncSession, now: datetime, limit: int = 50) -> tuple[Parcel, ...]:
    """Return what should be sent now, the oldest first."""
    rows = await session.execute(
        select(OutboxRow.id, OutboxRow.kind, OutboxRow.body, OutboxRow.attempts)
        .where(OutboxRow.state == WAITING, OutboxRow.next_attempt_at <= now)
        .order_by(OutboxRow.id)
        .limit(limit)
    )
    return tuple(Parcel(row.id, row.kind, row.body, row.attempts) for row in rows)


async def mark_sent(session: AsyncSession, parcel: Parcel, now: datetime) -> None:
    """Record that a parcel has left."""
    await session.execute(update(OutboxRow).where(OutboxRow.id == parcel.id).values(state=SENT, sent_at=now))


async def mark_failed(session: AsyncSession, parcel: Parcel, error: str, retry_at: datetime | None) -> None:
    """Record a failed try; with no `retry_at` the parcel is dead and waits for a person."""
    values: dict[str, object] = {"attempts": parcel.attempts + 1, "last_error": error}
    if retry_at is None:
        values["state"] = DEAD
    else:
        values["next_attempt_at"] = retry_at
    await session.execute(update(OutboxRow).where(OutboxRow.id == parcel.id).values(values))


async def dead(session: AsyncSession) -> tuple[tuple[int, str, str], ...]:
    """Return (id, kind, last error) of everything that was given up."""
    rows = await session.execute(
        select(OutboxRow.id, OutboxRow.kind, OutboxRow.last_error).where(OutboxRow.state == DEAD).order_by(OutboxRow.id)
    )
    return tuple((row.id, row.kind, row.last_error or "") for row in rows)
