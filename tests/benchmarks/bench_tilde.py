"""Accuracy on the public Lithuanian intent sets of tilde-nlp/NLU-datasets (CC BY-SA 4.0), as published.

One pipeline with one set of parameters for all three sets. The parameters are those of `settings()` that get most
sentences of the training parts right when each is left out in turn, and of equally good ones those with the least
loss; `--search` finds them anew and reads no test part. What the classifier knows of municipalities (word groups, turns
of phrase, matters) stays out.

    python -m tests.benchmarks.bench_tilde --data DIR [--cross-validate | --search]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from bot.nlu.calibration import best_temperature, softmax
from bot.nlu.classifier import IntentClassifier, TrainingOptions
from bot.nlu.features import FeatureConfig
from bot.nlu.solver import Loss

SETS = ("chatbot", "askubuntu", "webapps")
# Kapočiūtė-Dzikienė, Balodis, Skadiņš 2020 (BERT + CNN), and what this project set out to reach.
PUBLISHED = {"chatbot": 0.981, "askubuntu": 0.872, "webapps": 0.712}
WANTED = {"chatbot": 0.98, "askubuntu": 0.90, "webapps": 0.88}
_SHOWN = 10


@dataclass(frozen=True)
class Weights:
    """How much words, stems, stem pairs and accented words count beside the characters."""

    words: float
    stems: float
    stem_pairs: float
    accented_words: float


OURS = Weights(words=0.5, stems=0.6, stem_pairs=0.6, accented_words=0.2)
LIGHT = Weights(words=0.0, stems=0.6, stem_pairs=0.3, accented_words=0.0)
CHARACTERS_ALONE = Weights(words=0.0, stems=0.0, stem_pairs=0.0, accented_words=0.0)


def options_of(size: tuple[int, int], weights: Weights, loss: Loss, strength: float) -> TrainingOptions:
    """The pipeline without what speaks of municipalities; `size` is the shortest and longest character n-gram."""
    features = FeatureConfig(
        char_min=size[0],
        char_max=size[1],
        words=weights.words,
        stems=weights.stems,
        stem_pairs=weights.stem_pairs,
        accented_words=weights.accented_words,
        frames=0.0,
        turns=0.0,
        matters=0.0,
        min_documents=1,
    )
    return TrainingOptions(features, regularisation=strength, loss=loss, spelling=False)


def settings() -> Iterator[TrainingOptions]:
    """What `--search` chooses from."""
    losses: tuple[Loss, ...] = ("squared_hinge", "hinge", "crammer_singer")
    sizes, weights = ((2, 5), (3, 4), (2, 4)), (OURS, LIGHT, CHARACTERS_ALONE)
    for size, weight, loss, strength in product(sizes, weights, losses, (0.3, 1.0, 3.0)):
        yield options_of(size, weight, loss, strength)


# What `--search` found.
OPTIONS = options_of((3, 4), LIGHT, "crammer_singer", 1.0)


@dataclass(frozen=True)
class Part:
    """The questions of one part of a set and their intents, line by line."""

    questions: list[str]
    answers: list[str]


@dataclass(frozen=True)
class LeftOut:
    """How well the sentences of a part are read when each is left out in turn; the loss is in nats a sentence."""

    accuracy: float
    loss: float


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


def left_out(part: Part, options: TrainingOptions = OPTIONS) -> LeftOut:
    """Leave each sentence out, learn from the others; one whose intent no other has counts as wrong and has no loss."""
    names = sorted(set(part.answers))
    rows, right, correct = [], [], 0
    for at, (question, answer) in enumerate(zip(part.questions, part.answers, strict=True)):
        questions, answers = _without(part.questions, at), _without(part.answers, at)
        classifier = IntentClassifier.train(questions, answers, options)
        scores = classifier.scores(question)
        if scores is None or answer not in classifier.labels:
            continue
        correct += classifier.labels[int(scores.argmax())] == answer
        row = np.full(len(names), scores.min())
        row[[names.index(label) for label in classifier.labels]] = scores
        rows.append(row)
        right.append(names.index(answer))
    table, wanted = np.array(rows), np.array(right)
    chances = softmax(table / best_temperature(table, wanted))[np.arange(len(wanted)), wanted]
    return LeftOut(correct / len(part.questions), float(-np.log(chances + 1e-12).mean()))


def search(parts: Mapping[str, Part]) -> list[tuple[float, float, list[LeftOut], TrainingOptions]]:
    """The mean accuracy and loss over all sets, those of each and the setting; the best first."""
    found = []
    for options in settings():
        reached = [left_out(part, options) for part in parts.values()]
        mean = float(np.mean([each.accuracy for each in reached]))
        found.append((mean, float(np.mean([each.loss for each in reached])), reached, options))
    return sorted(found, key=lambda row: (-round(row[0], 6), row[1]))


def _without(lines: list[str], at: int) -> list[str]:
    return lines[:at] + lines[at + 1 :]


def _print_search(folder: Path) -> None:
    print(f"| mean | loss | {' | '.join(SETS)} | n-grams | words, stems, pairs | loss function | C |")
    print("|---|" + "---|" * (len(SETS) + 5))
    for mean, loss, reached, options in search({name: read_part(folder, name, "train") for name in SETS})[:_SHOWN]:
        each = " | ".join(f"{part.accuracy:.3f}" for part in reached)
        features = options.features
        size = f"{features.char_min}–{features.char_max}"
        words = f"{features.words}, {features.stems}, {features.stem_pairs}"
        print(f"| {mean:.4f} | {loss:.4f} | {each} | {size} | {words} | {options.loss} | {options.regularisation} |")


def _print_test(folder: Path, validated: Mapping[str, LeftOut]) -> None:
    print("| set | left out in turn | test | messages | published | wanted | seconds |")
    print("|---|---|---|---|---|---|---|")
    for name in SETS:
        learned, asked = read_part(folder, name, "train"), read_part(folder, name, "test")
        started = time.perf_counter()
        reached = accuracy(learned, asked)
        seconds = time.perf_counter() - started
        checked = f"{validated[name].accuracy:.3f}" if name in validated else "–"
        rest = f"{len(asked.questions)} | {PUBLISHED[name]:.3f} | {WANTED[name]:.2f} | {seconds:.1f}"
        print(f"| {name} | {checked} | {reached:.3f} | {rest} |")


def main() -> int:
    """Prints a Markdown table: the best settings of a search, or the test parts beside the published best."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with chatbot_train_q.txt and so on")
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--cross-validate", action="store_true", help="also measure on the training parts")
    either.add_argument("--search", action="store_true", help="compare settings on the training parts (some minutes)")
    options = parser.parse_args()
    if options.search:
        _print_search(options.data)
        return 0
    trained = SETS if options.cross_validate else ()
    _print_test(options.data, {name: left_out(read_part(options.data, name, "train")) for name in trained})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
