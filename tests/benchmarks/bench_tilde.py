"""Accuracy on the public Lithuanian intent sets of tilde-nlp/NLU-datasets (CC BY-SA 4.0), as published.

One pipeline with one set of parameters for all three sets. The parameters were chosen by five-fold cross-validation on
the training parts (`--cross-validate` prints it again); the test parts are only for the last table. The word groups of
`data/signals.txt` speak of municipalities and stay out.

    python -m tests.benchmarks.bench_tilde --data DIR [--cross-validate]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.nlu.classifier import IntentClassifier, TrainingOptions
from bot.nlu.features import FeatureConfig

SETS = ("chatbot", "askubuntu", "webapps")
# Kapočiūtė-Dzikienė, Balodis, Skadiņš 2020 (BERT + CNN), and what this project set out to reach.
PUBLISHED = {"chatbot": 0.981, "askubuntu": 0.872, "webapps": 0.712}
WANTED = {"chatbot": 0.98, "askubuntu": 0.90, "webapps": 0.88}
OPTIONS = TrainingOptions(
    features=FeatureConfig(char_min=3, signals=0.0, frames=0.0, min_documents=1),
    regularisation=1.0,
)
_FOLDS = 5
_REPEATS = 3


@dataclass(frozen=True)
class Part:
    """The questions of one part of a set and their intents, line by line."""

    questions: list[str]
    answers: list[str]


def read_part(folder: Path, name: str, part: str) -> Part:
    """The `train` or `test` part of a set. Raises OSError when it is not there."""
    return Part(_lines(folder / f"{name}_{part}_q.txt"), _lines(folder / f"{name}_{part}_ans.txt"))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").strip().split("\n")


def accuracy(learned: Part, asked: Part, options: TrainingOptions = OPTIONS) -> float:
    """The share of `asked` that a classifier learned from `learned` gets right."""
    classifier = IntentClassifier.train(learned.questions, learned.answers, options)
    ranked = [classifier.predict(question) for question in asked.questions]
    right = [bool(r) and r[0].intent == answer for r, answer in zip(ranked, asked.answers, strict=True)]
    return float(np.mean(right))


def cross_validated(part: Part, options: TrainingOptions = OPTIONS) -> float:
    """The mean accuracy of five folds by intent, repeated with three seeds."""
    from sklearn.model_selection import StratifiedKFold  # slow to import

    found: list[float] = []
    for seed in range(_REPEATS):
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=seed).split(part.questions, part.answers)
        found += [accuracy(_chosen(part, kept), _chosen(part, held), options) * len(held) for kept, held in folds]
    return sum(found) / (_REPEATS * len(part.questions))


def _chosen(part: Part, which: Sequence[int]) -> Part:
    return Part([part.questions[i] for i in which], [part.answers[i] for i in which])


def main() -> int:
    """Prints a Markdown table: cross-validation when asked for, the test parts, the published best."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with chatbot_train_q.txt and so on")
    parser.add_argument("--cross-validate", action="store_true", help="also measure on the training parts")
    options = parser.parse_args()
    print("| set | cross-validated | test | published | wanted | seconds |")
    print("|---|---|---|---|---|---|")
    for name in SETS:
        learned, asked = read_part(options.data, name, "train"), read_part(options.data, name, "test")
        checked = f"{cross_validated(learned):.3f}" if options.cross_validate else "–"
        started = time.perf_counter()
        reached = accuracy(learned, asked)
        seconds = time.perf_counter() - started
        print(f"| {name} | {checked} | {reached:.3f} | {PUBLISHED[name]:.3f} | {WANTED[name]:.2f} | {seconds:.1f} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
