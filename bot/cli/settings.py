"""`langelis settings`: every setting with its value and meaning; secrets are never printed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.settings import Settings, described, telegram_bots

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
    print(_telegram(settings))
    return 0


def _telegram(settings: Settings) -> str:
    """Say whether Telegram is on: nobody should have to gather it from the values."""
    bots = telegram_bots(settings)
    if not bots:
        return "Telegram is off: LANGELIS_TELEGRAM_TOKEN is not set."
    served = ", ".join("all municipalities" if name is None else name for name in bots)
    return f"Telegram is on ({settings.telegram_mode}): {served}."
