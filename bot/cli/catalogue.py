"""`langelis catalogue`: data packs – validate, import, export."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.desk import be_quiet
from bot.core.catalogue import Catalogue
from bot.core.clock import SystemClock, local
from bot.core.pack_rules import Finding, Severity
from bot.errors import SettingsError
from bot.services.catalogues import Catalogues
from bot.services.importing import BrokenPackError, import_pack
from bot.services.pack_yaml import pack_files
from bot.services.packs import list_packs, load_pack
from bot.settings import Settings, project_path
from bot.storage.database import Database

if TYPE_CHECKING:
    from bot.cli.types import Subparsers


def add(commands: Subparsers) -> None:
    """Describe the commands."""
    command = commands.add_parser("catalogue", help="data packs: validate, import, export")
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    validate = actions.add_parser("validate", help="check packs and name file, entry and field of every error")
    validate.add_argument("packs", nargs="*", help="municipality ids or pack folders (default: all)")
    validate.set_defaults(run=run_validate)
    importing = actions.add_parser("import", help="take packs into the database; a broken pack changes nothing")
    importing.add_argument("packs", nargs="*", help="municipality ids or pack folders (default: all)")
    importing.set_defaults(run=run_import)
    exporting = actions.add_parser("export", help="write an imported catalogue as a pack")
    exporting.add_argument("municipality", help="municipality id")
    exporting.add_argument("folder", type=Path, help="folder to write to; must not exist or be empty")
    exporting.set_defaults(run=run_export)


def run_validate(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print every finding; 1 when there is an error."""
    failed = False
    for folder in _folders(arguments.packs, settings):
        result = load_pack(folder, local(SystemClock().now()).date())
        _print_findings(folder.name, result.findings)
        broken = result.catalogue is None or any(found.severity is Severity.ERROR for found in result.findings)
        failed = failed or broken
        if result.catalogue is not None and not broken:
            counts = f"{len(result.catalogue.services)} services, {len(result.catalogue.institutions)} institutions"
            print(f"{folder.name}: valid ({counts})")
    return 1 if failed else 0


def run_import(arguments: argparse.Namespace, settings: Settings) -> int:
    """Import the packs one by one; 1 when any was broken."""
    be_quiet(settings)
    return asyncio.run(_import(_folders(arguments.packs, settings), settings))


async def _import(folders: tuple[Path, ...], settings: Settings) -> int:
    database = Database(settings.database_url)
    await database.upgrade()
    catalogues = Catalogues(database, SystemClock())
    failed = False
    for folder in folders:
        try:
            changed = await import_pack(catalogues, folder, local(SystemClock().now()).date())
            print(f"{folder.name}: {'imported' if changed else 'unchanged'}")
        except BrokenPackError as error:
            _print_findings(folder.name, error.findings)
            print(f"{folder.name}: not imported", file=sys.stderr)
            failed = True
    await database.close()
    return 1 if failed else 0


def run_export(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the catalogue that the database holds."""
    folder: Path = arguments.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SettingsError(f"{folder}: exists and is not an empty folder")
    files = pack_files(asyncio.run(_exported(arguments.municipality, settings)))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    print(f"{arguments.municipality}: exported to {folder}")
    return 0


async def _exported(municipality: str, settings: Settings) -> Catalogue:
    database = Database(settings.database_url)
    await database.upgrade()
    catalogues = Catalogues(database, SystemClock())
    await catalogues.refresh()
    await database.close()
    return catalogues.get(municipality).catalogue


def _folders(names: list[str], settings: Settings) -> tuple[Path, ...]:
    root = project_path(settings.packs_dir)
    folders = tuple(Path(name) if "/" in name else root / name for name in names or list_packs(root))
    for folder in folders:
        if not folder.is_dir():
            raise SettingsError(f"no data pack {folder.name!r}; there are: {', '.join(list_packs(root)) or 'none'}")
    return folders


def _print_findings(pack: str, findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        print(f"{pack}/{finding}", file=sys.stderr)
