"""What each part of the search brings: the ranker learned anew without it, the search alone asked.

A part is taken out by replacing a function for the run, so that the product needs no switches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from unittest.mock import patch

import numpy as np

from bot.core.catalogue import Service
from bot.evaluation.examples import Example, read_table
from bot.evaluation.judging import judge
from bot.evaluation.report import JudgedSet, Report, report
from bot.nlu.decide import decide as first_action
from bot.nlu.evidence import FEATURES
from bot.nlu.intents import ASK_SERVICE
from bot.nlu.postings import CharIndex, Floats
from bot.nlu.ranker import NONE_FEATURES, UTILITY_FEATURES, Ranker
from bot.nlu.ranker_data import Request, read_messages_about_no_service, read_requests, read_services
from bot.nlu.ranker_training import learn, lessons
from bot.nlu.resolver import ServiceIndex, decide
from bot.nlu.terms import Terms
from bot.services.understanding import Understanding
from bot.settings import PROJECT_ROOT

_DATA = PROJECT_ROOT / "nlu_data"
_FIGURES = ("first", "among three", "AUC", "off, yet offered")
COLUMNS = (*_FIGURES, *(f"blind: {name}" for name in _FIGURES))

Catalogues = Mapping[str, Sequence[Service]]
# As large together as the learned ones, so that the thresholds on the chances mean about the same.
_WEIGHT_BY_HAND = 3.0


def _unchanged(service: Service) -> Service:
    return service


def _without_phrases(service: Service) -> Service:
    return replace(service, phrases=())


def _without_names(service: Service) -> Service:
    return replace(service, phrases=(), aliases=())


def _no_likeness(index: CharIndex, _grams: Mapping[str, float]) -> Floats:
    return np.zeros(index.size)


def _nothing_added(_terms: Terms, _word: str, _found: Mapping[int, float]) -> None:
    """No term stands for the word."""


def _no_texts(_service: Service) -> list[str]:
    return []


def _learned(catalogues: Catalogues) -> Ranker:
    requests, about_nothing = _read_lessons()
    full, others = lessons(catalogues, requests, about_nothing)
    return learn([*full, *others])


def _by_hand(_catalogues: Catalogues) -> Ranker:
    """All evidence counts the same, and "none" as much as one full piece of it; topics elsewhere get no malus."""
    evidence = [_WEIGHT_BY_HAND * (name in FEATURES and name != "elsewhere") for name in UTILITY_FEATURES]
    none = [_WEIGHT_BY_HAND * (name == "constant") for name in NONE_FEATURES]
    return Ranker(np.array(evidence), np.array(none))


@dataclass(frozen=True)
class Without:
    """How a part is taken out: of the catalogues, by functions replaced (by their full name), or of the learning."""

    services: Callable[[Service], Service] = _unchanged
    replaced: Mapping[str, object] = field(default_factory=dict)
    ranker: Callable[[Catalogues], Ranker] = _learned


PARTS: Mapping[str, Without] = {
    "phrases": Without(services=_without_phrases),
    "aliases and phrases": Without(services=_without_names),
    "topics elsewhere": Without(replaced={"bot.nlu.resolver.topics": tuple}),
    "near-synonyms": Without(replaced={"bot.nlu.terms.concepts": dict}),
    "mistyped words": Without(replaced={"bot.nlu.terms.Terms._add_mistyped": _nothing_added}),
    "word roots": Without(replaced={"bot.nlu.terms.root": str}),
    "words that begin alike": Without(replaced={"bot.nlu.terms.Terms._add_prefix_relatives": _nothing_added}),
    "character view": Without(replaced={"bot.nlu.postings.CharIndex.cosine": _no_likeness}),
    "body texts": Without(replaced={"bot.nlu.phrases._body": _no_texts}),
    "learned weights": Without(ranker=_by_hand),
}


@contextmanager
def taken_out(without: Without) -> Iterator[None]:
    """Within it the part's functions are replaced; raises AttributeError for a function that is no longer there."""
    with ExitStack() as stack:
        for name, instead in without.replaced.items():
            stack.enter_context(patch(name, instead))
        yield


def measured(part: str | None) -> tuple[float | None, ...]:
    """The shares of COLUMNS without one of the PARTS, or of the whole."""
    without = Without() if part is None else PARTS[part]
    packs = read_services(_DATA / "municipalities")
    catalogues = {name: [without.services(service) for service in services] for name, services in packs.items()}
    with taken_out(without):
        ranker = without.ranker(catalogues)
        indices = {name: ServiceIndex.build(services, ranker) for name, services in catalogues.items()}
        reports = [_report(indices, table) for table in ("services.tsv", "blind.tsv")]
    return tuple(figure for found in reports for figure in _figures(found))


@cache
def _read_lessons() -> tuple[list[Request], list[str]]:
    return read_requests(_DATA / "ranking"), read_messages_about_no_service(_DATA / "train")


def _report(indices: Mapping[str, ServiceIndex], table: str) -> Report:
    def search(example: Example) -> Understanding:
        matches = indices[str(example.municipality)].search(example.text)
        action = first_action(ASK_SERVICE, 1.0, decide(matches))
        return Understanding(
            text=example.text, intent=None, confidence=0.0, language="", services=matches, action=action.value
        )

    return report(JudgedSet(messages=judge(read_table(_DATA / "test" / table), search)), own=False)


def _figures(found: Report) -> tuple[float | None, ...]:
    services, off = found.services, found.off_catalogue
    if services is None or off is None or off.roc is None:
        raise ValueError("the table has no messages on or none off the catalogue")
    return services.first.value, services.in_three.value, off.roc.auc, off.answered.value
