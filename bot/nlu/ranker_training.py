"""Learning the ranker's weights; run `python -m bot.nlu.ranker_training` after changes to search or data packs.

Requests whose services are known, and the services' names, teach which evidence counts; requests that a catalogue does
not answer, and messages that are about no service, teach when to choose none. Nothing of `nlu_data/test` is read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from bot.core.catalogue import Service
from bot.nlu.evidence import FEATURES
from bot.nlu.normalise import fold
from bot.nlu.phrases import query_of
from bot.nlu.ranker import NONE_FEATURES, UTILITY_FEATURES, WEIGHTS_FILE, Ranker, expanded
from bot.nlu.ranker_data import Request, read_messages_about_no_service, read_requests, read_services
from bot.nlu.resolver import ServiceIndex

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_FOLDS = 5
_PENALTY = 1.0
_PLAIN_WEIGHT = 0.5
_ABOUT_NOTHING_WEIGHT = 0.2
_NAME_WEIGHT = 0.15
FRAMES = (
    "{}",
    "laba diena, kur kreiptis dėl {}",
    "noriu {}",
    "kiek kainuoja {}?",
    "kokių dokumentų reikia {}",
    "{} – kaip tai padaryti?",
)
_UNTAUGHT = Ranker(np.zeros(len(UTILITY_FEATURES)), np.zeros(len(NONE_FEATURES)))
_FREE = frozenset({"elsewhere", *UTILITY_FEATURES[len(FEATURES) :]})
_ELSEWHERE = FEATURES.index("elsewhere")


@dataclass(frozen=True)
class Example:
    """One message seen by one index: the candidates' utilities, the query's numbers, and which choices are right.

    `right` has a flag for each candidate and one more for "none of them".
    """

    text: str
    candidates: Floats
    about: Floats
    right: Flags
    weight: float = 1.0

    @property
    def answerable(self) -> bool:
        """Whether a service is meant."""
        return not self.right[-1]

    @property
    def services(self) -> Flags:
        """Which candidates are services, and no topics elsewhere."""
        own: Flags = self.candidates[:, _ELSEWHERE] == 0
        return own


def request_examples(
    catalogues: Mapping[str, Sequence[Service]], requests: Iterable[Request], weight: float = 1.0
) -> Iterator[Example]:
    """The requests asked of the catalogues of their municipalities."""
    indices = {name: ServiceIndex.build(services, _UNTAUGHT) for name, services in catalogues.items()}
    for request in requests:
        example = _example(indices[request.municipality], request.text, request.services, weight)
        if example is not None:
            yield example


def examples_about_nothing(catalogues: Mapping[str, Sequence[Service]], messages: Sequence[str]) -> Iterator[Example]:
    """Messages about no service, asked of one catalogue after the other."""
    indices = [ServiceIndex.build(services, _UNTAUGHT) for services in catalogues.values()]
    for number, text in enumerate(messages):
        example = _example(indices[number % len(indices)], text, frozenset(), _ABOUT_NOTHING_WEIGHT)
        if example is not None:
            yield example


def name_requests(catalogues: Mapping[str, Sequence[Service]]) -> Iterator[Request]:
    """Every title and alias in some frame: residents do use the words of the catalogue too."""
    for municipality, services in catalogues.items():
        owners: dict[str, set[str]] = {}
        for service in services:
            for name in (service.title, *service.aliases):
                owners.setdefault(fold(name), set()).add(service.id)
        for number, (name, owning) in enumerate(owners.items()):
            yield Request(municipality, FRAMES[number % len(FRAMES)].format(name), frozenset(owning))


def lessons(
    catalogues: Mapping[str, Sequence[Service]], requests: Sequence[Request], about_nothing: Sequence[str]
) -> tuple[list[Example], list[Example]]:
    """All that the ranker learns from: the requests as they are, and the other examples."""
    others = [
        *request_examples(without_phrases(catalogues), requests, _PLAIN_WEIGHT),
        *request_examples(catalogues, name_requests(catalogues), _NAME_WEIGHT),
        *examples_about_nothing(catalogues, about_nothing),
    ]
    return list(request_examples(catalogues, requests)), others


def without_phrases(catalogues: Mapping[str, Sequence[Service]]) -> dict[str, list[Service]]:
    """The catalogues as those of a municipality that has written no phrases yet."""
    return {name: [replace(service, phrases=()) for service in services] for name, services in catalogues.items()}


def _example(index: ServiceIndex, text: str, services: frozenset[str], weight: float) -> Example | None:
    """None when there is nothing to learn: one word at most, or no evidence leads to the right service."""
    query = query_of(text)
    if not query.stems or query.bare:
        return None
    evidence, positions = index.candidates(query)
    elsewhere = evidence[:, _ELSEWHERE] > 0
    if services:
        right = np.array([not far and index.ids[at] in services for at, far in zip(positions, elsewhere, strict=True)])
        if not right.any():
            return None
        right = np.append(right, False)
    else:
        right = np.append(elsewhere, True)
    return Example(text, expanded(evidence), index.about(query), right.astype(bool), weight)


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
            right = float(chances[example.right].sum())
            total -= example.weight * float(np.log(right + 1e-12))
            # how far each choice is from its share of the right ones
            off = chances - np.where(example.right, chances / max(right, 1e-12), 0.0)
            gradient[:size] += example.weight * (off[:-1] @ example.candidates)
            gradient[size:] += example.weight * off[-1] * example.about
        total += _PENALTY * float(parameters @ parameters) / 2
        return total, gradient + _PENALTY * parameters

    start = np.zeros(size + len(NONE_FEATURES))
    bounds = [_bounds(name) for name in UTILITY_FEATURES] + [(None, None)] * len(NONE_FEATURES)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200})
    return Ranker(found.x[:size], found.x[size:])


def _bounds(feature: str) -> tuple[float | None, float | None]:
    """What speaks for a service never counts against it, however the examples happened to fall."""
    return (None, None) if feature in _FREE else (0.0, None)


def write(ranker: Ranker, path: Path = WEIGHTS_FILE) -> None:
    """Stores the weights by name, rounded so that a repeated run changes nothing."""
    stored = {
        "weights": {name: round(float(w), 3) for name, w in zip(UTILITY_FEATURES, ranker.weights, strict=True)},
        "none": {name: round(float(w), 3) for name, w in zip(NONE_FEATURES, ranker.none_weights, strict=True)},
    }
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Figures:
    """How well requests are resolved, as shares; `separation` is the area under the ROC of the best score."""

    first: float
    among_three: float
    separation: float


def measure(ranker: Ranker, examples: Sequence[Example]) -> Figures:
    """The figures of a ranker on examples that it has not learned from."""
    ranks: list[int] = []
    best: list[float] = []
    for example in examples:
        chances = np.where(example.services, ranker.chances_of(example.candidates, example.about), 0.0)
        best.append(float(chances.max(initial=0.0)))
        if example.answerable:
            ranks.append(int((chances > chances[example.right[:-1]].max()).sum()))
    answerable = np.array([example.answerable for example in examples])
    order = np.argsort(np.argsort(np.array(best)))
    positive, negative = int(answerable.sum()), int((~answerable).sum())
    area = (order[answerable].sum() - positive * (positive - 1) / 2) / max(positive * negative, 1)
    return Figures(float(np.mean(np.array(ranks) < 1)), float(np.mean(np.array(ranks) < 3)), float(area))


def cross_validated(requests: Sequence[Example], others: Sequence[Example]) -> Figures:
    """The mean figures over parts of the requests, each under weights learned from all other messages."""
    found = []
    for at in range(_FOLDS):
        held = requests[at::_FOLDS]
        texts = {example.text for example in held}
        found.append(measure(learn([example for example in (*requests, *others) if example.text not in texts]), held))
    return Figures(*(float(np.mean([getattr(one, name) for one in found])) for name in Figures.__dataclass_fields__))


def main(arguments: Sequence[str] | None = None) -> int:
    """Learns, prints the cross-validated figures, and writes the weights."""
    parser = argparse.ArgumentParser(description="Learn the ranker's weights from labelled requests.")
    parser.add_argument("--packs", type=Path, default=Path("nlu_data/municipalities"), help="folder of the data packs")
    parser.add_argument("--requests", type=Path, default=Path("nlu_data/ranking"), help="folder of labelled requests")
    parser.add_argument("--messages", type=Path, default=Path("nlu_data/train"), help="folder of the training messages")
    parser.add_argument("--dry-run", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args(arguments)
    catalogues, requests = read_services(options.packs), read_requests(options.requests)
    full, others = lessons(catalogues, requests, read_messages_about_no_service(options.messages))
    sys.stdout.write(f"{len(full)} requests, {len(others)} other examples\n{cross_validated(full, others)}\n")
    if not options.dry_run:
        write(learn([*full, *others]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
