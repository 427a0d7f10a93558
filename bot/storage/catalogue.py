"""Queries over the imported catalogues; documents are JSON made and read by `bot.services`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import InstitutionRow, MunicipalityRow, ServiceRow


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An institution or a service; `title` is empty for an institution."""

    id: str
    title: str
    document: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCatalogue:
    """A municipality's catalogue as rows."""

    id: str
    digest: str
    document: bytes
    institutions: tuple[StoredEntry, ...]
    services: tuple[StoredEntry, ...]


async def digests(session: AsyncSession) -> dict[str, str]:
    """Return the digest of each imported pack by municipality."""
    rows = await session.execute(select(MunicipalityRow.id, MunicipalityRow.digest).order_by(MunicipalityRow.id))
    return {row.id: row.digest for row in rows}


async def load(session: AsyncSession, municipality: str) -> StoredCatalogue | None:
    """Return a municipality's catalogue, or None."""
    row = (
        await session.execute(
            select(MunicipalityRow.digest, MunicipalityRow.document).where(MunicipalityRow.id == municipality)
        )
    ).one_or_none()
    if row is None:
        return None
    institutions = await session.execute(
        select(InstitutionRow.id, InstitutionRow.document)
        .where(InstitutionRow.municipality_id == municipality)
        .order_by(InstitutionRow.position)
    )
    services = await session.execute(
        select(ServiceRow.id, ServiceRow.title, ServiceRow.document)
        .where(ServiceRow.municipality_id == municipality)
        .order_by(ServiceRow.position)
    )
    return StoredCatalogue(
        id=municipality,
        digest=row.digest,
        document=row.document,
        institutions=tuple(StoredEntry(entry.id, "", entry.document) for entry in institutions),
        services=tuple(StoredEntry(entry.id, entry.title, entry.document) for entry in services),
    )


async def replace(session: AsyncSession, stored: StoredCatalogue, now: datetime) -> None:
    """Put a municipality's catalogue in the place of the one before; the caller's transaction makes it atomic."""
    await session.execute(delete(ServiceRow).where(ServiceRow.municipality_id == stored.id))
    await session.execute(delete(InstitutionRow).where(InstitutionRow.municipality_id == stored.id))
    await session.execute(delete(MunicipalityRow).where(MunicipalityRow.id == stored.id))
    await session.execute(
        insert(MunicipalityRow).values(id=stored.id, digest=stored.digest, document=stored.document, imported_at=now)
    )
    await _insert(session, InstitutionRow, [_entry(stored.id, at, item) for at, item in enumerate(stored.institutions)])
    services = [{**_entry(stored.id, at, item), "title": item.title} for at, item in enumerate(stored.services)]
    await _insert(session, ServiceRow, services)


def _entry(municipality: str, position: int, entry: StoredEntry) -> dict[str, object]:
    return {"municipality_id": municipality, "id": entry.id, "position": position, "document": entry.document}


async def _insert(
    session: AsyncSession, table: type[InstitutionRow | ServiceRow], rows: Sequence[dict[str, object]]
) -> None:
    if rows:
        await session.execute(insert(table), list(rows))
