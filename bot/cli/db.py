"""`langelis db`: the database's schema."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.storage.database import Database

if TYPE_CHECKING:
    from bot.cli.types import Subparsers


def add(commands: Subparsers) -> None:
    """Describe the command."""
    command = commands.add_parser("db", help="database schema")
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    upgrade = actions.add_parser("upgrade", help="bring the schema to the newest revision")
    upgrade.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Upgrade the schema."""
    database = Database(settings.database_url)
    asyncio.run(database.upgrade())
    print(f"{database.path}: schema is up to date")
    return 0
