"""Queries over the audit log: adding and reading; the database itself refuses all else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, and_, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.audit import Actor, AuditEntry, AuditFilter, AuditPage, AuditRecord
from bot.storage.tables import AuditRow

_EQUAL = ("operator_id", "action", "object_type", "object_id", "municipality")


async def append(session: AsyncSession, actor: Actor, record: AuditRecord, now: datetime) -> None:
    """Add an entry in the caller's transaction."""
    await session.execute(
        insert(AuditRow).values(
            at=now,
            operator_id=actor.operator_id,
            operator_name=actor.name,
            action=record.action.value,
            object_type=record.object_type.value,
            object_id=record.object_id,
            municipality=record.municipality,
            address=actor.address,
            data=dict(record.data),
        )
    )


async def page(session: AsyncSession, wanted: AuditFilter, *, before: int | None, limit: int) -> AuditPage:
    """Return at most `limit` entries, newest first, that are older than the number `before`."""
    query = select(AuditRow).where(*_conditions(wanted)).order_by(AuditRow.seq.desc()).limit(limit + 1)
    if before is not None:
        query = query.where(AuditRow.seq < before)
    rows = (await session.execute(query)).scalars().all()
    entries = tuple(_entry(row) for row in rows[:limit])
    return AuditPage(entries, entries[-1].seq if len(rows) > limit else None)


def _conditions(wanted: AuditFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.since is not None:
        yield AuditRow.at >= wanted.since
    if wanted.until is not None:
        yield AuditRow.at < wanted.until
    for name in _EQUAL:
        value = getattr(wanted, name)
        if value is not None:
            yield getattr(AuditRow, name) == value
    if wanted.municipalities is not None:
        of_colleagues = and_(AuditRow.municipality.is_(None), AuditRow.operator_id.in_(wanted.colleagues))
        yield or_(AuditRow.municipality.in_(wanted.municipalities), of_colleagues)


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        seq=row.seq,
        at=row.at,
        operator_id=row.operator_id,
        operator_name=row.operator_name,
        action=row.action,
        object_type=row.object_type,
        object_id=row.object_id,
        municipality=row.municipality,
        address=row.address,
        data=row.data,
    )
