"""Langelis as it is run: one `langelis serve` process over SQLite."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bot.engine.rasa.training import model_path
from bot.settings import PROJECT_ROOT
from tests.benchmarks.machine import versions
from tests.benchmarks.processes import Running, free_port, logs_folder, run, start
from tests.benchmarks.sides import Side

_LANGELIS = (sys.executable, "-m", "bot")
_UNLIMITED = "1000000"


class Langelis(Side):
    """The project's own tree, with the default settings but for the rate limits."""

    name = "Langelis"

    def install(self) -> None:
        """See parent class: this very interpreter's environment is used."""

    def ensure_model(self) -> None:
        """See parent class; `langelis serve` takes it from `models/`."""
        run("langelis-model", (*_LANGELIS, "train"), folder=PROJECT_ROOT, logs=logs_folder(), environment={})

    def versions(self) -> dict[str, str]:
        """See parent class."""
        return versions(Path(sys.executable))

    def train(self, scratch: Path) -> float:
        """See parent class."""
        environment = {
            "LANGELIS_MODELS_DIR": str(scratch / "models"),
            "RASA_CACHE_DIRECTORY": str(scratch / "cache"),
        }
        command = (*_LANGELIS, "train", "--force")
        return run("langelis-train", command, folder=PROJECT_ROOT, logs=scratch, environment=environment)

    def start(self, scratch: Path) -> Running:
        """See parent class. Raises RuntimeError when the data has changed since: training is no part of a start."""
        model = model_path(PROJECT_ROOT / "models")
        if not model.exists():
            raise RuntimeError(f"{model.name} is gone: the training data has changed during the run")
        port = free_port()
        environment = {
            "LANGELIS_PORT": str(port),
            "LANGELIS_DATABASE_URL": f"sqlite:///{scratch / 'langelis.db'}",
            "LANGELIS_TOKEN_MESSAGES_PER_MINUTE": _UNLIMITED,
            "LANGELIS_ADDRESS_MESSAGES_PER_MINUTE": _UNLIMITED,
            "LANGELIS_REPLY_TIMEOUT_SECONDS": "120",
            "LANGELIS_LOG_LEVEL": "WARNING",
        }
        started = time.perf_counter()
        server = start("langelis", (*_LANGELIS, "serve"), folder=PROJECT_ROOT, logs=scratch, environment=environment)
        return Running(f"http://127.0.0.1:{port}", started, server)
