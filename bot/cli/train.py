"""`langelis train`: trains the model of the present data."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from bot.settings import Settings, project_path

if TYPE_CHECKING:
    from bot.cli.types import Subparsers


def add(commands: Subparsers) -> None:
    """Describe the command."""
    command = commands.add_parser(
        "train",
        help="train the model of the present data",
        description="Trains with Rasa and keeps the model under LANGELIS_MODELS_DIR. Does nothing when a model of "
        "exactly this data is there already.",
    )
    command.add_argument("--force", action="store_true", help="train even when nothing has changed")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Train unless there is a model already."""
    from bot.engine.rasa import training

    models = project_path(settings.models_dir)
    target = training.model_path(models)
    if target.exists() and not arguments.force:
        print(f"Nothing has changed: {target.name} is up to date.", flush=True)
        return 0
    print("Training: loading Rasa (about 15 s) …", flush=True)
    begun = time.monotonic()
    training.train(models, progress=lambda step: print(f"Training: {step} …", flush=True))
    print(
        f"Trained {target.name}, {target.stat().st_size / 1e6:.1f} MB, in {time.monotonic() - begun:.0f} s.",
        flush=True,
    )
    return 0
