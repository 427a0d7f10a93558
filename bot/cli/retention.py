"""`langelis retention`: remove personal data that has been kept long enough."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from bot.cli.desk import be_quiet
from bot.core.clock import SystemClock
from bot.core.retention import Removal
from bot.services.attachments.keeper import open_attachments
from bot.services.retention import RetentionJob, periods
from bot.services.texts import Texts
from bot.settings import Settings
from bot.storage.database import Database

if TYPE_CHECKING:
    from bot.cli.types import Subparsers


def add(commands: Subparsers) -> None:
    """Describe the command."""
    command = commands.add_parser("retention", help="remove personal data that has been kept long enough")
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    running = actions.add_parser(
        "run",
        help="remove now what is too old by LANGELIS_RETENTION_*; a server does so daily",
        description="Prints for each class of data how much was removed, and the ids, one a line.",
    )
    running.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    running.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Remove, or say what would be removed."""
    be_quiet(settings)
    removal = asyncio.run(_dry_run(settings) if arguments.dry_run else _run(settings))
    print("would be removed:" if arguments.dry_run else "removed:")
    for kind, ids in removal.ids.items():
        print(f"{kind.value}: {len(ids)}")
        for identifier in ids:
            print(f"  {identifier}")
    return 0


async def _dry_run(settings: Settings) -> Removal:
    database = await _database(settings)
    try:
        return await _job(database, settings).plan()
    finally:
        await database.close()


async def _run(settings: Settings) -> Removal:
    database = await _database(settings)
    try:
        return await _job(database, settings).run()
    finally:
        await database.close()


async def _database(settings: Settings) -> Database:
    database = Database(settings.database_url)
    await database.upgrade()
    return database


def _job(database: Database, settings: Settings) -> RetentionJob:
    clock = SystemClock()
    return RetentionJob(
        database=database,
        clock=clock,
        periods=periods(settings),
        attachments=open_attachments(settings, database, clock, Texts()),
    )
