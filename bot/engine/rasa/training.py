"""Training: a model for each state of the data, kept under a name that holds the data's digest."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import structlog

from bot.errors import EngineError
from bot.settings import PROJECT_ROOT

log = structlog.get_logger(__name__)

_DATA_FILES = ("config.yml", "domain.yml", "requirements/lock.txt")
_DATA_FOLDERS = ("nlu_data/train", "nlu_data/rules", "nlu_data/stories", "bot/nlu")
_KEPT_MODELS = 3
_STANDARD_ERROR = 2
_STEP_LOGGER = "rasa.engine.training.hooks"


class _StepHandler(logging.Handler):
    """Hands on the steps that Rasa logs."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self._progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        """See parent class."""
        self._progress(record.getMessage().rstrip("."))


def training_inputs() -> Iterator[Path]:
    """Yield every file on which a trained model depends, in a stable order."""
    for name in _DATA_FILES:
        yield PROJECT_ROOT / name
    for folder in _DATA_FOLDERS:
        yield from sorted(
            path for path in (PROJECT_ROOT / folder).rglob("*") if path.suffix in {".yml", ".py", ".txt", ".json"}
        )


def data_digest() -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 over names and contents of the training inputs."""
    digest = hashlib.sha256()
    for path in training_inputs():
        digest.update(str(path.relative_to(PROJECT_ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def model_path(models: Path) -> Path:
    """Return where the model of the present data is or will be."""
    return models / f"langelis-{data_digest()}.tar.gz"


def train(models: Path, progress: Callable[[str], None]) -> Path:
    """Train a model of the present data with Rasa and return its archive. Raises `EngineError`.

    `progress` is told the name of each step as it begins.
    """
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # Rasa draws a progress bar for every loop; the steps below say enough.
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    target = model_path(models)
    models.mkdir(parents=True, exist_ok=True)
    from rasa.model_training import train as rasa_train

    steps = _StepHandler(progress)
    logging.getLogger(_STEP_LOGGER).addHandler(steps)
    logging.getLogger(_STEP_LOGGER).setLevel(logging.INFO)
    logging.getLogger(_STEP_LOGGER).propagate = False
    warnings.filterwarnings("ignore", module=r"rasa\.")
    with tempfile.TemporaryDirectory(dir=models, prefix="training-") as folder:
        result = rasa_train(
            domain=str(PROJECT_ROOT / "domain.yml"),
            config=str(PROJECT_ROOT / "config.yml"),
            training_files=None,
            output=folder,
            fixed_model_name=target.name.removesuffix(".tar.gz"),
            force_training=True,
        )
        if result.model is None:
            raise EngineError(f"Rasa trained no model (code {result.code})")
        # Renamed when whole: a killed training leaves no half model behind.
        Path(result.model).replace(target)
    _remove_old(models, keep=target)
    return target


async def find_or_train(models: Path) -> Path:
    """Return the model of the present data; when there is none, train it in a process of its own."""
    target = model_path(models)
    if target.exists():
        return target
    log.info("training_started", model=target.name)
    # Its progress goes to standard error: `langelis predict` keeps standard output for its JSON lines.
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "train", cwd=PROJECT_ROOT, stdout=_STANDARD_ERROR
    )
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        process.terminate()
        raise
    if code != 0 or not target.exists():
        raise EngineError(f"training ended with code {code}; run `langelis train` to see why")
    return target


def _remove_old(models: Path, keep: Path) -> None:
    others = sorted(
        (path for path in models.glob("langelis-*.tar.gz") if path != keep),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in others[_KEPT_MODELS - 1 :]:
        path.unlink(missing_ok=True)
