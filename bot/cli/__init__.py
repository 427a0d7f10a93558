"""The command line, one module per command."""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from bot.errors import LangelisError, SettingsError, UnknownMunicipalityError
from bot.logging_setup import set_up_logging
from bot.settings import Settings

# Only the command that is given is imported: a server must answer within three seconds of its start.
_MODULES = (
    "serve",
    "train",
    "predict",
    "evaluate",
    "catalogue",
    "cases",
    "operator",
    "retention",
    "outbox",
    "db",
    "settings",
)


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line and leaves with code 2."""

    def error(self, message: str) -> NoReturn:
        """See parent class."""
        self.exit(2, f"{self.prog}: {message}; see `{self.prog} --help`\n")


def parser(modules: Sequence[str] = _MODULES) -> argparse.ArgumentParser:
    """Return the parser of the command line, with the commands of the given modules."""
    root = OneLineParser(
        prog="langelis",
        description="Contact assistant of Lithuanian municipalities. Settings: environment variables LANGELIS_*.",
    )
    commands = root.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=OneLineParser)
    for module in modules:
        import_module(f"bot.cli.{module}").add(commands)
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code: 0 done, 1 failed, 2 bad usage."""
    if not sys.warnoptions:
        # Rasa's and TensorFlow's warnings are for their developers; `python -W default -m bot …` shows them.
        warnings.simplefilter("ignore")
    given = sys.argv[1:] if arguments is None else list(arguments)
    named = [given[0]] if given and given[0] in _MODULES else _MODULES
    parsed = parser(named).parse_args(given)
    try:
        settings = Settings.from_environment()
        set_up_logging(settings)
        code: int = parsed.run(parsed, settings)
    except LangelisError as error:
        print(f"langelis: {error}", file=sys.stderr)
        return 2 if isinstance(error, (SettingsError, UnknownMunicipalityError)) else 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0
    return code
