"""`langelis serve`: the whole product in one process."""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import os
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.cli.types import Subparsers


def add(commands: Subparsers) -> None:
    """Describe the command."""
    command = commands.add_parser(
        "serve",
        help="serve residents: website widget, pages and REST",
        description="Serves until a signal comes. Trains a model first when there is none for the present data; "
        "messages that come meanwhile are kept and answered.",
    )
    command.add_argument("--host", help="address to listen on (default: LANGELIS_HOST)")
    command.add_argument("--port", type=_port, help="TCP port (default: LANGELIS_PORT)")
    command.set_defaults(run=run)


def _port(text: str) -> int:
    if not text.isdecimal() or len(text) > 5 or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no TCP port")
    return int(text)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve and return the exit code."""
    # Set before NumPy is imported: its matrices are small here, and threads that wait for one another cost a third of
    # the processor time of a turn (docs/benchmarks.md).
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    import uvloop

    from bot.app import serve

    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    given = {name: getattr(arguments, name) for name in ("host", "port") if getattr(arguments, name) is not None}
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    return asyncio.run(serve(dataclasses.replace(settings, **given)))
