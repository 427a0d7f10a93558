"""Rasa's default DIET pipeline beside ours: both trained and asked by Rasa's own commands on the same data.

Stock Rasa gets an environment of its own with the versions that it pins, shared with `tests/benchmarks`. `rasa test
nlu` judges the likeliest intent of both sides: it takes back what a fallback classifier decided, on either side.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from bot.errors import LangelisError
from bot.evaluation.examples import Example
from bot.evaluation.markdown import interval, number, of, share, table
from bot.evaluation.metrics import Share, accuracy, macro_f1, scores_by_label
from bot.settings import PROJECT_ROOT

_CACHE = PROJECT_ROOT / ".bench"
_VENV = _CACHE / "stock"
_REQUIREMENTS = PROJECT_ROOT / "tests" / "benchmarks" / "stock-requirements.txt"
_DEFAULT_CONFIG = "rasa/engine/recipes/config_files/default_config.yml"
_TRAINING_DATA = PROJECT_ROOT / "nlu_data" / "train"
_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "LOG_LEVEL": "WARNING",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TQDM_DISABLE": "1",
}
_TAIL = 600

Progress = Callable[[str], None]


class StockRasaError(LangelisError):
    """Stock Rasa cannot be installed, trained or asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one side reaches in intents; `seconds` from the training command to its end, imports and all."""

    name: str
    accuracy: Share
    macro_f1: float | None
    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class _Rasa:
    """One side's Rasa: its command and the folder with its project."""

    name: str
    command: tuple[str, ...]
    project: Path


def compare(examples: Sequence[Example], progress: Progress) -> tuple[Side, ...]:
    """Train and ask ours and stock Rasa, one after the other. Raises `StockRasaError`."""
    judged = [example for example in examples if example.intents]
    if len({example.intents[0] for example in judged}) < 2:
        raise StockRasaError("there are no messages of two intents or more to compare on")
    progress("installing stock Rasa, if it is not there yet")
    install()
    with TemporaryDirectory(prefix="langelis-stock-") as folder:
        scratch = Path(folder)
        (scratch / "project").mkdir()
        write_stock_project(scratch / "project")
        questions = scratch / "questions.yml"
        questions.write_text(as_nlu(judged), encoding="utf-8")
        sides = (
            _Rasa("Langelis", (sys.executable, "-m", "rasa"), PROJECT_ROOT),
            _Rasa("stock Rasa (DIET)", (str(_VENV / "bin" / "rasa"),), scratch / "project"),
        )
        return tuple(_side(rasa, judged, questions, scratch / str(i), progress) for i, rasa in enumerate(sides))


def comparison_markdown(sides: Sequence[Side]) -> str:
    """Return the sides as a Markdown table."""
    rows = [
        [
            side.name,
            share(side.accuracy),
            interval(side.accuracy),
            number(side.macro_f1),
            of(side.accuracy),
            number(side.seconds, 0),
            number(side.megabytes, 1),
        ]
        for side in sides
    ]
    return table(
        ["likeliest intent", "accuracy", "95 % interval", "macro-F1", "right", "training, s", "model, MB"], rows
    )


def install() -> None:
    """Make stock Rasa's environment unless it is there. Raises `StockRasaError`."""
    if not _REQUIREMENTS.is_file():
        raise StockRasaError(f"{_REQUIREMENTS.relative_to(PROJECT_ROOT)} is missing: it pins what stock Rasa needs")
    wanted, stamp = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest(), _VENV / ".installed"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    uv = Path(sys.executable).with_name("uv")
    if not uv.is_file():
        raise StockRasaError(f"stock Rasa cannot be installed: there is no uv beside {Path(sys.executable).name}")
    _CACHE.mkdir(exist_ok=True)
    (_CACHE / ".gitignore").write_text("*\n", encoding="utf-8")
    python = str(_VENV / "bin" / "python")
    _run("making its environment", (str(uv), "venv", "--clear", "--python", sys.executable, str(_VENV)), PROJECT_ROOT)
    install_command = (str(uv), "pip", "install", "--python", python, "-r", str(_REQUIREMENTS))
    _run("installing its packages", install_command, PROJECT_ROOT)
    stamp.write_text(wanted, encoding="utf-8")


def write_stock_project(folder: Path) -> None:
    """Write a project with the configuration that Rasa takes when it is given none."""
    defaults = next(_VENV.glob(f"lib/python*/site-packages/{_DEFAULT_CONFIG}"), None)
    if defaults is None:
        raise StockRasaError("stock Rasa is installed without its default configuration")
    config = defaults.read_text(encoding="utf-8")
    config = config.replace("language: en", "language: lt").replace("placeholder_default", "stock-rasa")
    (folder / "config.yml").write_text(config, encoding="utf-8")
    shutil.copy(PROJECT_ROOT / "domain.yml", folder)


def as_nlu(examples: Sequence[Example]) -> str:
    """Return the messages as a Rasa file of examples by intent, under the best of the acceptable intents."""
    by_intent: dict[str, list[str]] = {}
    for example in examples:
        by_intent.setdefault(example.intents[0], []).append(example.text)
    entries = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in by_intent.items()
    ]
    return yaml.safe_dump({"version": "3.1", "nlu": entries}, allow_unicode=True, sort_keys=False)


def read_predictions(results: Path) -> dict[str, str]:
    """Return what `rasa test nlu --successes` found, by text. Raises `StockRasaError` when it found nothing."""
    found: dict[str, str] = {}
    for name in ("intent_successes.json", "intent_errors.json"):
        path = results / name  # Rasa writes no file where there is none of a kind
        if path.is_file():
            rows = json.loads(path.read_text(encoding="utf-8"))
            found |= {row["text"].strip(): row["intent_prediction"]["name"] or "" for row in rows}
    if not found:
        raise StockRasaError("rasa test nlu wrote no predictions")
    return found


def side_of(name: str, examples: Sequence[Example], found: Mapping[str, str], seconds: float, megabytes: float) -> Side:
    """Judge one side's predictions; a message without one counts as a mistake."""
    pairs = [(example.intents, found.get(example.text.strip(), "")) for example in examples]
    return Side(
        name=name,
        accuracy=accuracy(pairs),
        macro_f1=macro_f1(scores_by_label(pairs)),
        seconds=seconds,
        megabytes=megabytes,
    )


def _side(rasa: _Rasa, examples: Sequence[Example], questions: Path, scratch: Path, progress: Progress) -> Side:
    scratch.mkdir()
    model, results = scratch / "model.tar.gz", scratch / "results"
    progress(f"training {rasa.name}")
    naming = ("--nlu", str(_TRAINING_DATA), "--out", str(scratch), "--fixed-model-name", model.name)
    seconds = _run(f"training {rasa.name}", (*rasa.command, "train", "nlu", *naming), rasa.project, scratch)
    if not model.is_file():
        # Rasa leaves with code 0 all the same, and `rasa test` would take another model that it finds.
        raise StockRasaError(f"training {rasa.name} left no model")
    progress(f"{rasa.name} was trained in {seconds:.0f} s; asking it {len(examples)} messages")
    asking = ("--model", str(model), "--nlu", str(questions), "--out", str(results), "--no-plot", "--successes")
    _run(f"asking {rasa.name}", (*rasa.command, "test", "nlu", *asking), rasa.project, scratch)
    return side_of(rasa.name, examples, read_predictions(results), seconds, model.stat().st_size / 1e6)


def _run(what: str, command: Sequence[str], folder: Path, cache: Path | None = None) -> float:
    """Run a command in a folder and return the seconds it took; with an empty cache nothing is reused."""
    environment = {**os.environ, **_ENVIRONMENT}
    if cache is not None:
        environment["RASA_CACHE_DIRECTORY"] = str(cache / "cache")
    begun = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own commands, no shell
        command, cwd=folder, env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode != 0:
        said = (done.stderr or done.stdout).decode(errors="replace").strip()[-_TAIL:]
        raise StockRasaError(f"{what} ended with code {done.returncode}: {said or 'it said nothing'}")
    return time.perf_counter() - begun
