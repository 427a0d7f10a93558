"""Stock Rasa on the same data: `rasa run` beside `rasa run actions`, in a virtual environment of its own.

Rasa's SQL tracker store fails under the SQLAlchemy 2 that Langelis uses, so stock Rasa gets the versions that it pins
itself. The action server runs Langelis's own `actions` package in Langelis's environment (it needs SQLAlchemy 2 for the
catalogue): both sides do the same work in an action, and the difference is what lies around it.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.settings import PROJECT_ROOT
from tests.benchmarks.machine import versions
from tests.benchmarks.plan import DEFAULT_EPOCHS
from tests.benchmarks.processes import CACHE, Running, free_port, logs_folder, run, start
from tests.benchmarks.sides import Side

_VENV = CACHE / "stock"
_BIN = _VENV / "bin"
_REQUIREMENTS = Path(__file__).with_name("stock-requirements.txt")
_DATA_FOLDERS = ("train", "rules", "stories")
_DEFAULT_CONFIG = "rasa/engine/recipes/config_files/default_config.yml"
_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "LOG_LEVEL": "WARNING",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TQDM_DISABLE": "1",
}
_ENDPOINTS = """\
action_endpoint:
  url: http://127.0.0.1:{port}/webhook
tracker_store:
  type: SQL
  dialect: sqlite
  db: {database}
"""


class StockRasa(Side):
    """Rasa 3.6 with the default pipeline, the default policies and its own servers."""

    name = "stock Rasa"

    def __init__(self, epochs: int) -> None:
        self._epochs = epochs

    def install(self) -> None:
        """See parent class."""
        wanted = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()
        stamp = _VENV / ".installed"
        if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            return
        uv, logs = Path(sys.executable).with_name("uv"), logs_folder()
        make = (uv, "venv", "--clear", "--python", sys.executable, _VENV)
        run("stock-venv", make, folder=PROJECT_ROOT, logs=logs, environment={})
        install = (uv, "pip", "install", "--python", _BIN / "python", "-r", _REQUIREMENTS)
        run("stock-packages", install, folder=PROJECT_ROOT, logs=logs, environment={})
        stamp.write_text(wanted, encoding="utf-8")

    def ensure_model(self) -> None:
        """See parent class."""
        if not self._model().exists():
            with TemporaryDirectory(prefix="langelis-bench-") as scratch:
                self.train(Path(scratch))

    def versions(self) -> dict[str, str]:
        """See parent class."""
        return versions(_BIN / "python")

    def train(self, scratch: Path) -> float:
        """See parent class; the model is kept for `start`."""
        model = self._model()
        _write_project(scratch, self._config())
        command = (_BIN / "rasa", "train", "--force", "--out", "models", "--fixed-model-name", "stock")
        environment = {**_ENVIRONMENT, "RASA_CACHE_DIRECTORY": str(scratch / "cache")}
        seconds = run("stock-train", command, folder=scratch, logs=scratch, environment=environment)
        shutil.move(scratch / "models" / "stock.tar.gz", model)
        return seconds

    def start(self, scratch: Path) -> Running:
        """See parent class; the catalogue for the actions is imported before the clock starts."""
        _write_project(scratch, self._config())
        database = {"LANGELIS_DATABASE_URL": f"sqlite:///{scratch / 'catalogue.db'}"}
        langelis = (sys.executable, "-m", "bot", "catalogue", "import")
        run("stock-catalogue", langelis, folder=PROJECT_ROOT, logs=scratch, environment=database)
        port, action_port = free_port(), free_port()
        endpoints = _ENDPOINTS.format(port=action_port, database=scratch / "tracker.db")
        (scratch / "endpoints.yml").write_text(endpoints, encoding="utf-8")
        actions_command = (_rasa_of_langelis(), "run", "actions", "--actions", "actions", "-p", str(action_port))
        command = (_BIN / "rasa", "run", "-i", "127.0.0.1", "-p", str(port), "--model", self._model())
        started = time.perf_counter()
        server = start("stock-server", command, folder=scratch, logs=scratch, environment=_ENVIRONMENT)
        helper = start(
            "stock-actions",
            actions_command,
            folder=PROJECT_ROOT,
            logs=scratch,
            environment={**_ENVIRONMENT, **database},
        )
        return Running(f"http://127.0.0.1:{port}", started, server, (helper,))

    def _model(self) -> Path:
        """Return where the model of the present data is or will be."""
        digest = hashlib.sha256(self._config().encode())
        for path in (_REQUIREMENTS, *_training_files()):
            digest.update(path.read_bytes())
        return CACHE / f"stock-{digest.hexdigest()[:16]}.tar.gz"

    def _config(self) -> str:
        """Return the configuration that Rasa takes when it is given none, read from Rasa itself."""
        default = next(_VENV.glob(f"lib/python*/site-packages/{_DEFAULT_CONFIG}"))
        config = default.read_text(encoding="utf-8")
        config = config.replace(f"epochs: {DEFAULT_EPOCHS}", f"epochs: {self._epochs}")
        return config.replace("language: en", "language: lt").replace("placeholder_default", "stock-rasa")


def _training_files() -> Iterator[Path]:
    yield PROJECT_ROOT / "domain.yml"
    for folder in _DATA_FOLDERS:
        yield from sorted((PROJECT_ROOT / "nlu_data" / folder).rglob("*.yml"))


def _write_project(folder: Path, config: str) -> None:
    """Write a Rasa project in Rasa's own layout."""
    (folder / "config.yml").write_text(config, encoding="utf-8")
    (folder / "credentials.yml").write_text("rest:\n", encoding="utf-8")
    shutil.copy(PROJECT_ROOT / "domain.yml", folder)
    for name in _DATA_FOLDERS:
        shutil.copytree(PROJECT_ROOT / "nlu_data" / name, folder / "data" / name)


def _rasa_of_langelis() -> Path:
    return Path(sys.executable).with_name("rasa")
