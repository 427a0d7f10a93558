"""Learning the ranker's weights from the catalogues themselves; run `python -m bot.nlu.ranker_training` after changes.

Every alias is asked of an index that was built without it; services that a catalogue does not have, and messages that
are about no service, teach when to choose none. Nothing of `nlu_data/test` is read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from scipy.optimize import minimize

from bot.core.catalogue import Service
from bot.nlu.evidence import query_of
from bot.nlu.normalise import fold
from bot.nlu.ranker import NONE_FEATURES, UTILITY_FEATURES, WEIGHTS_FILE, Ranker, expanded
from bot.nlu.ranker_data import read_messages_about_no_service, read_services
from bot.nlu.resolver import ServiceIndex

Floats = npt.NDArray[np.float64]

_FOLDS = 5
_PENALTY = 2.0
_NOT_THE_SAME = 60.0
_KNOWN_EVERY = 2
KNOWN_WEIGHT = 0.6
FRAMES = (
    "{}",
    "laba diena, kur kreiptis dėl {}",
    "noriu sužinoti apie {}",
    "kiek kainuoja {}?",
    "kokių dokumentų reikia {}",
    "{} – kaip tai padaryti?",
)


@dataclass(frozen=True)
class Example:
    """One message seen by one index: the candidates' utilities, the query's numbers, the right candidate or None."""

    candidates: Floats
    about: Floats
    right: int | None
    weight: float = 1.0


def catalogue_examples(
    services: Sequence[Service], foreign: Sequence[str], foreign_weight: float = 0.4
) -> Iterator[Example]:
    """Each alias of a catalogue asked of an index without it, and `foreign` messages that no service fits."""
    for fold_number in range(_FOLDS):
        kept, held = _split(services, fold_number)
        index = ServiceIndex.build(kept, Ranker(np.zeros(len(UTILITY_FEATURES)), np.zeros(len(NONE_FEATURES))))
        for number, (owner, alias) in enumerate(held):
            frame = FRAMES[number % len(FRAMES)].format(alias)
            yield from _examples(index, frame if number % 2 else fold(frame), owner, 1.0)
            if number % _KNOWN_EVERY == 0:  # residents do use the words of the catalogue too
                known = kept[owner].aliases or (kept[owner].title,)
                yield from _examples(index, known[number % len(known)], owner, KNOWN_WEIGHT)
        for number in range(fold_number, len(foreign), _FOLDS):
            yield from _examples(index, foreign[number], None, foreign_weight)


def _split(services: Sequence[Service], fold_number: int) -> tuple[list[Service], list[tuple[int, str]]]:
    kept: list[Service] = []
    held: list[tuple[int, str]] = []
    for owner, service in enumerate(services):
        here = [i for i in range(len(service.aliases)) if (i + owner) % _FOLDS == fold_number]
        held.extend((owner, service.aliases[i]) for i in here)
        kept.append(replace(service, aliases=tuple(a for i, a in enumerate(service.aliases) if i not in here)))
    return kept, held


def _examples(index: ServiceIndex, text: str, owner: int | None, weight: float) -> Iterator[Example]:
    query = query_of(text)
    if not query.stems:
        return
    evidence, positions = index.candidates(query)
    right = None
    if owner is not None:
        where = np.flatnonzero(positions == owner)
        if not len(where):
            return  # nothing to learn: no evidence leads to the right service
        right = int(where[0])
    yield Example(expanded(evidence), index.about(query), right, weight)


def foreign_aliases(services: Sequence[Service], others: Iterable[Service]) -> list[str]:
    """Aliases of other municipalities' services that this catalogue has nothing like."""
    own_ids = {service.id for service in services}
    own_names = [fold(name) for service in services for name in (service.title, *service.aliases)]
    found: list[str] = []
    for other in others:
        names = [fold(name) for name in (other.title, *other.aliases)]
        alike = max((fuzz.token_set_ratio(a, b) for a in names[:4] for b in own_names), default=0.0)
        if other.id not in own_ids and alike < _NOT_THE_SAME:
            found.extend(other.aliases)
    return found


def learn(examples: Sequence[Example]) -> Ranker:
    """The weights under which the right choices are likeliest, with a small penalty on their size."""
    size = len(UTILITY_FEATURES)

    def loss(parameters: Floats) -> tuple[float, Floats]:
        weights, none = parameters[:size], parameters[size:]
        total, gradient = 0.0, np.zeros_like(parameters)
        for example in examples:
            utilities = np.append(example.candidates @ weights, example.about @ none)
            raised = np.exp(utilities - utilities.max())
            chances = raised / raised.sum()
            right = len(utilities) - 1 if example.right is None else example.right
            total -= example.weight * float(np.log(chances[right] + 1e-12))
            chances[right] -= 1.0
            gradient[:size] += example.weight * (chances[:-1] @ example.candidates)
            gradient[size:] += example.weight * chances[-1] * example.about
        total += _PENALTY * float(parameters @ parameters) / 2
        return total, gradient + _PENALTY * parameters

    found = minimize(loss, np.zeros(size + len(NONE_FEATURES)), jac=True, method="L-BFGS-B", options={"maxiter": 120})
    return Ranker(found.x[:size], found.x[size:])


def write(ranker: Ranker, path: Path = WEIGHTS_FILE) -> None:
    """Stores the weights by name, rounded so that a repeated run changes nothing."""
    stored = {
        "weights": {name: round(float(w), 3) for name, w in zip(UTILITY_FEATURES, ranker.weights, strict=True)},
        "none": {name: round(float(w), 3) for name, w in zip(NONE_FEATURES, ranker.none_weights, strict=True)},
    }
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Figures:
    """How well held-out queries are resolved, as shares; `separation` is the area under the ROC of the best score."""

    first: float
    among_three: float
    separation: float


def measure(ranker: Ranker, examples: Sequence[Example]) -> Figures:
    """The figures of a ranker on examples that it has not learned from."""
    ranks: list[int] = []
    best: list[float] = []
    for example in examples:
        chances = ranker.chances_of(example.candidates, example.about)
        best.append(float(chances.max(initial=0.0)))
        if example.right is not None:
            ranks.append(int((chances > chances[example.right]).sum()))
    answerable = np.array([example.right is not None for example in examples])
    order = np.argsort(np.argsort(np.array(best)))
    positive, negative = int(answerable.sum()), int((~answerable).sum())
    area = (order[answerable].sum() - positive * (positive - 1) / 2) / max(positive * negative, 1)
    return Figures(float(np.mean(np.array(ranks) < 1)), float(np.mean(np.array(ranks) < 3)), float(area))


def examples_by_municipality(
    catalogues: dict[str, tuple[Service, ...]], messages: Sequence[str]
) -> dict[str, list[Example]]:
    """The examples of every catalogue: own aliases, others' services, and messages about none."""
    found: dict[str, list[Example]] = {}
    for name, services in catalogues.items():
        others = [service for other, theirs in catalogues.items() if other != name for service in theirs]
        foreign = foreign_aliases(services, others)
        found[name] = [*catalogue_examples(services, foreign, 0.3), *_about_nothing(services, messages)]
    return found


def _about_nothing(services: Sequence[Service], messages: Sequence[str]) -> Iterator[Example]:
    index = ServiceIndex.build(services)
    for text in messages:
        yield from _examples(index, text, None, 0.5)


def main(arguments: Sequence[str] | None = None) -> int:
    """Learns, prints the figures of each municipality under weights learned from the others, and writes the weights."""
    parser = argparse.ArgumentParser(description="Learn the ranker's weights from the data packs.")
    parser.add_argument("--packs", type=Path, default=Path("nlu_data/municipalities"), help="folder of the data packs")
    parser.add_argument("--messages", type=Path, default=Path("nlu_data/train"), help="folder of the training messages")
    parser.add_argument("--dry-run", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args(arguments)
    messages = read_messages_about_no_service(options.messages)
    examples = examples_by_municipality(read_services(options.packs), messages)
    for name, held in examples.items():
        ranker = learn([e for other, theirs in examples.items() if other != name for e in theirs])
        figures = measure(ranker, [example for example in held if example.weight != KNOWN_WEIGHT])
        sys.stdout.write(f"{name}: {figures}\n")
    if not options.dry_run:
        write(learn([example for theirs in examples.values() for example in theirs]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
