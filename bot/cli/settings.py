"""`langelis settings`: every setting with its value and meaning; secrets are never printed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.settings import Settings, described

if TYPE_CHECKING:
    from bot.cli.types import Subparsers


def add(commands: Subparsers) -> None:
    """Describe the command."""
    command = commands.add_parser("settings", help="print every setting with its value and meaning")
    command.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the settings."""
    for name, value, meaning in described(settings):
        print(f"{name}={value}\n    {meaning}")
    return 0
