"""The command line, one module per command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from bot.cli import catalogue, db, evaluate, predict, serve, settings_command, train
from bot.errors import LangelisError
from bot.logging_setup import set_up_logging
from bot.settings import Settings

_COMMANDS = (serve, train, predict, evaluate, catalogue, db, settings_command)


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line and leaves with code 2."""

    def error(self, message: str) -> NoReturn:
        """See parent class."""
        self.exit(2, f"{self.prog}: {message}; see `{self.prog} --help`\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    root = OneLineParser(
        prog="langelis",
        description="Contact assistant of Lithuanian municipalities. Settings: environment variables LANGELIS_*.",
    )
    commands = root.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=OneLineParser)
    for module in _COMMANDS:
        module.add(commands)
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code: 0 done, 1 failed, 2 bad usage."""
    parsed = parser().parse_args(arguments)
    try:
        settings = Settings.from_environment()
        set_up_logging(settings)
        code: int = parsed.run(parsed, settings)
    except LangelisError as error:
        print(f"langelis: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    return code
