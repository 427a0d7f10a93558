"""The audit log: written in the transaction of what it tells, read by supervisors."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.audit import Actor, AuditAction, AuditFilter, AuditObject, AuditPage, AuditRecord
from bot.core.clock import Clock
from bot.core.operators import Operator, Role
from bot.storage import audit as storage
from bot.storage import operators
from bot.storage.database import Database

MOST_ENTRIES = 200
"""So many entries are handed out at once."""


class Audit:
    """Writes and reads the log."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def record(self, session: AsyncSession, actor: Actor, record: AuditRecord) -> None:
        """Write an entry in the caller's transaction: what is rolled back was not done, and is not told."""
        await storage.append(session, actor, record, self._clock.now())

    async def note(self, actor: Actor, record: AuditRecord) -> None:
        """Write an entry in a transaction of its own: for reads, which change nothing else."""
        async with self._database.write() as session:
            await self.record(session, actor, record)

    async def page(self, reader: Operator, wanted: AuditFilter, *, before: int | None, limit: int) -> AuditPage:
        """Return entries that the reader may see, newest first, at most `MOST_ENTRIES`.

        Supervisors see what happened in their municipalities, and what belongs to none if a colleague with a
        municipality in common did it; administrators see all.
        """
        async with self._database.read() as session:
            if reader.role is not Role.ADMINISTRATOR:
                wanted = replace(
                    wanted,
                    municipalities=reader.municipalities,
                    colleagues=await _colleagues(session, reader),
                )
            return await storage.page(session, wanted, before=before, limit=max(1, min(limit, MOST_ENTRIES)))


def audit_read(wanted: AuditFilter) -> AuditRecord:
    """Return the entry that somebody looked at the log, and by which filters; paging on is no new look."""
    asked = {
        name: str(value)
        for name in ("since", "until", "operator_id", "action", "object_type", "object_id", "municipality")
        if (value := getattr(wanted, name)) is not None
    }
    return AuditRecord(
        action=AuditAction.AUDIT_READ,
        object_type=AuditObject.AUDIT_LOG,
        municipality=wanted.municipality,
        data={"filter": asked},
    )


async def _colleagues(session: AsyncSession, reader: Operator) -> frozenset[str]:
    return frozenset(
        account.operator.id
        for account in await operators.every(session)
        if account.operator.municipalities & reader.municipalities or account.operator.id == reader.id
    )
