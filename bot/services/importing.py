"""Takes data packs into the database: validated whole, stored in one transaction each."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import structlog

from bot.core.catalogue import Municipality
from bot.core.pack_rules import MUNICIPALITY_FILE, Finding, Severity
from bot.errors import LangelisError
from bot.services.case_calendar import case_calendar
from bot.services.catalogues import Catalogues
from bot.services.packs import list_packs, load_pack, pack_digest

log = structlog.get_logger(__name__)


class BrokenPackError(LangelisError):
    """A data pack has errors; nothing of it was imported."""

    def __init__(self, pack: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"data pack {pack!r} has {len(findings)} error(s); first: {findings[0]}")
        self.pack = pack
        self.findings = findings


async def import_pack(catalogues: Catalogues, folder: Path, today: date) -> bool:
    """Import one pack; False when the database has it already. Raises `BrokenPackError`."""
    result = await asyncio.to_thread(load_pack, folder, today)
    errors = tuple(finding for finding in result.findings if finding.severity is Severity.ERROR)
    if result.catalogue is None or errors:
        raise BrokenPackError(folder.name, errors)
    taken = await _prefix_taken(catalogues, result.catalogue.municipality)
    if taken is not None:
        raise BrokenPackError(folder.name, (taken,))
    return await catalogues.store(result.catalogue, result.digest)


async def _prefix_taken(catalogues: Catalogues, municipality: Municipality) -> Finding | None:
    """Return what is wrong when another municipality's cases are numbered with the same letters."""
    await catalogues.refresh()
    prefix = case_calendar(municipality).prefix
    for other in (loaded.catalogue.municipality for loaded in catalogues.all):
        if other.id != municipality.id and case_calendar(other).prefix == prefix:
            message = f'"{prefix}" is the prefix of {other.id}: give this municipality one of its own'
            return Finding(Severity.ERROR, MUNICIPALITY_FILE, None, "cases.prefix", message)
    return None


async def import_all(catalogues: Catalogues, root: Path, today: date) -> None:
    """Import every pack of a folder that is new or changed; a broken one keeps what was imported before."""
    for name in list_packs(root):
        try:
            unchanged = await catalogues.holds(name, await asyncio.to_thread(pack_digest, root / name))
            if not unchanged and await import_pack(catalogues, root / name, today):
                log.info("pack_imported", pack=name)
        except BrokenPackError as error:
            log.error("pack_broken", pack=name, error=str(error))  # noqa: TRY400 - the findings say all
