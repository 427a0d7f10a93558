"""Everything that is measured, gathered from judged messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.curves import Calibration, Roc, calibration, roc
from bot.evaluation.judging import FROM_CATALOGUE, Judged
from bot.evaluation.metrics import (
    Confusion,
    LabelScore,
    Pair,
    Share,
    accuracy,
    among_first,
    confusion,
    macro_f1,
    mean_reciprocal_rank,
    scores_by_label,
)
from bot.evaluation.robustness import StyleCost, style_costs
from bot.evaluation.speed import Speed
from bot.nlu.decide import Action
from bot.nlu.intents import FALLBACK


@dataclass(frozen=True, slots=True)
class Intents:
    """How well intents are told apart."""

    accuracy: Share
    macro_f1: float | None
    scores: tuple[LabelScore, ...]
    confusion: Confusion
    by_source: tuple[tuple[str, Share, float | None], ...]
    """(file, accuracy, macro-F1)."""


@dataclass(frozen=True, slots=True)
class Services:
    """How well services are found."""

    first: Share
    in_three: Share
    reciprocal_rank: float | None
    by_style: tuple[tuple[str, Share, Share], ...]
    """(style, first, among three)."""


@dataclass(frozen=True, slots=True)
class OffCatalogue:
    """How well what the catalogue holds is kept apart from what it does not."""

    answered: Share
    """Of the messages off the catalogue: answered from it or offered a choice."""
    answered_outright: Share
    refused: Share
    """Of the answerable ones: told that nothing fits."""
    misdirected: Share
    """Of the answerable ones: neither answered, nor offered a choice, nor told that nothing fits."""
    foreign_answered: Share
    """Of the messages whose intent is out of scope, asked of every municipality: answered or offered a choice."""
    roc: Roc | None
    """By the score of the first service: the answerable ones against those off the catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was measured; None where no example carries the label."""

    messages: int
    own: bool
    intents: Intents | None
    services: Services | None
    off_catalogue: OffCatalogue | None
    actions: tuple[Share, Confusion] | None
    intent_calibration: Calibration | None
    service_calibration: Calibration | None
    styles: tuple[StyleCost, ...]
    languages: tuple[Share, Confusion] | None
    speed: Speed | None
    mistakes: tuple[Judged, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSet:
    """The judged messages of a test set; `foreign`: those out of scope, once for every municipality."""

    messages: tuple[Judged, ...] = ()
    styles: tuple[Judged, ...] = ()
    languages: tuple[Judged, ...] = ()
    foreign: tuple[Judged, ...] = ()


def report(judged: JudgedSet, *, own: bool, speed: Speed | None = None) -> Report:
    """Measure everything that the labels allow."""
    with_action = [each.action for each in judged.messages if each.example.actions]
    spoken = [((each.example.language,), each.found.language) for each in judged.languages]
    return Report(
        messages=_distinct(judged),
        own=own,
        intents=_intents([each for each in judged.messages if each.example.intents]),
        services=_services([each for each in judged.messages if each.example.services]),
        off_catalogue=_off_catalogue(judged.messages, judged.foreign),
        actions=_accuracy_and_confusion(with_action),
        intent_calibration=_intent_calibration(judged.messages),
        service_calibration=_service_calibration(judged.messages),
        styles=style_costs(judged.styles),
        languages=_accuracy_and_confusion(spoken),
        speed=speed,
        mistakes=tuple(each for each in judged.messages if each.mistaken),
    )


def _distinct(judged: JudgedSet) -> int:
    every = (*judged.messages, *judged.styles, *judged.languages)
    return len({(each.example.source, each.example.line, each.example.text) for each in every})


def _accuracy_and_confusion(pairs: Sequence[Pair]) -> tuple[Share, Confusion] | None:
    return (accuracy(pairs), confusion(pairs)) if pairs else None


def _intents(judged: Sequence[Judged]) -> Intents | None:
    if not judged:
        return None
    pairs = [each.intent for each in judged]
    scores = scores_by_label(pairs)
    by_source = []
    for source in dict.fromkeys(each.example.source for each in judged):
        held = [each.intent for each in judged if each.example.source == source]
        by_source.append((source, accuracy(held), macro_f1(scores_by_label(held))))
    return Intents(accuracy(pairs), macro_f1(scores), scores, confusion(pairs), tuple(by_source))


def _services(judged: Sequence[Judged]) -> Services | None:
    if not judged:
        return None
    by_style = []
    for style in sorted({each.example.style for each in judged}):
        held = [each.rank for each in judged if each.example.style == style]
        by_style.append((style, among_first(held, 1), among_first(held, 3)))
    ranks = [each.rank for each in judged]
    return Services(among_first(ranks, 1), among_first(ranks, 3), mean_reciprocal_rank(ranks), tuple(by_style))


def _off_catalogue(judged: Sequence[Judged], foreign: Sequence[Judged]) -> OffCatalogue | None:
    off = [each for each in judged if each.off_catalogue]
    answerable = [each for each in judged if each.answerable]
    if not off and not answerable and not foreign:
        return None
    expected = FROM_CATALOGUE | {Action.FALLBACK.value}
    return OffCatalogue(
        answered=Share.among(each.found.action in FROM_CATALOGUE for each in off),
        answered_outright=Share.among(each.found.action == Action.ANSWER.value for each in off),
        refused=Share.among(each.found.action == Action.FALLBACK.value for each in answerable),
        misdirected=Share.among(each.found.action not in expected for each in answerable),
        foreign_answered=Share.among(each.found.action in FROM_CATALOGUE for each in foreign),
        roc=roc([each.best_score for each in answerable], [each.best_score for each in off]),
    )


def _intent_calibration(judged: Sequence[Judged]) -> Calibration | None:
    """Return how honest the confidences of acted-on intents are; the fallback's confidence means something else."""
    sure = [each for each in judged if each.example.intents and each.found.intent not in {None, FALLBACK}]
    right = [each.found.intent in each.example.intents for each in sure]
    return calibration([each.found.confidence for each in sure], right)


def _service_calibration(judged: Sequence[Judged]) -> Calibration | None:
    """Return how honest the first service's score is, over messages that mean a service and those off the catalogue."""
    asked = [each for each in judged if (each.example.services or each.off_catalogue) and each.found.services]
    return calibration([each.best_score for each in asked], [each.rank == 1 for each in asked])
