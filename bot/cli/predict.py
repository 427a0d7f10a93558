"""`langelis predict`: one message a line in, one JSON object a line out."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.text_rules import MAX_CHARACTERS
from bot.logging_setup import set_up_logging
from bot.settings import Settings, project_path

if TYPE_CHECKING:
    from bot.cli.types import Subparsers
    from bot.services.catalogues import Catalogues
    from bot.services.understanding import Parser, Understanding


def add(commands: Subparsers) -> None:
    """Describe the command."""
    command = commands.add_parser(
        "predict",
        help="read messages on standard input, write what the bot would do as JSON lines",
        description="One message a line on standard input; one JSON object a line on standard output: text, intent, "
        "confidence, language, services (id and score, best first, at most 5) and action.",
    )
    command.add_argument("--municipality", required=True, help="municipality id, e.g. trakai")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Predict line by line."""
    from bot.services.understanding import understand

    catalogues, parser = asyncio.run(prepare(settings))
    loaded = catalogues.get(arguments.municipality)
    sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for line in sys.stdin:
        text = line.removesuffix("\n").removesuffix("\r")
        # No channel takes more than this; what is echoed is the whole line, by which the reader knows it again.
        found = replace(understand(text[:MAX_CHARACTERS], parser, loaded), text=text)
        print(json.dumps(as_json(found), ensure_ascii=False), flush=True)
    return 0


async def prepare(settings: Settings) -> tuple[Catalogues, Parser]:
    """Return the imported catalogues and the trained parser, training one when there is none."""
    from bot.core.clock import SystemClock, local
    from bot.engine.rasa.training import find_or_train
    from bot.nlu.pipeline import load_pipeline
    from bot.services.catalogues import Catalogues
    from bot.services.importing import import_all
    from bot.storage.database import Database

    if settings.log_level == "INFO":
        # A command says its one line of trouble, not that catalogues were loaded.
        set_up_logging(replace(settings, log_level="WARNING"))
    database, clock = Database(settings.database_url), SystemClock()
    await database.upgrade()
    catalogues = Catalogues(database, clock)
    await import_all(catalogues, project_path(settings.packs_dir), local(clock.now()).date())
    await catalogues.refresh()
    await database.close()
    return catalogues, load_pipeline(await find_or_train(project_path(settings.models_dir)))


def as_json(found: Understanding) -> dict[str, object]:
    """Return the object in the contract's shape (docs/architecture.md)."""
    return {
        "text": found.text,
        "intent": found.intent,
        "confidence": found.confidence,
        "language": found.language,
        "services": [{"id": match.id, "score": round(match.score, 4)} for match in found.services],
        "action": found.action,
    }
