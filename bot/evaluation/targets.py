"""What the project set out to reach on its own test set, and whether it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.evaluation.report import OffCatalogue, Report
from bot.evaluation.robustness import StyleCost

YES, NO = "✓", "✗"
_EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class _Measure:
    name: str
    value: Callable[[Report], float | None]
    at_least: float | None = None
    at_most: float | None = None
    digits: int = 3


def reached(report: Report) -> Iterator[tuple[str, float | None, int, str, str]]:
    """Yield (measure, value, digits to show, target, whether it is met) of every headline figure."""
    for measure in _MEASURES:
        value = measure.value(report)
        yield measure.name, value, measure.digits, _target(measure), "" if value is None else _verdict(measure, value)


def _target(measure: _Measure) -> str:
    if measure.at_least is not None:
        return f"≥ {measure.at_least:.2f}"
    return "" if measure.at_most is None else f"≤ {measure.at_most:.2f}"


def _verdict(measure: _Measure, value: float) -> str:
    if measure.at_least is not None:
        return YES if value >= measure.at_least - _EPSILON else NO
    if measure.at_most is not None:
        return YES if value <= measure.at_most + _EPSILON else NO
    return ""


def _lost(style: str) -> Callable[[Report], float | None]:
    """Return the measure of points that a style loses, in intents or in services, whichever is worse."""
    return lambda report: max((_worst(cost) for cost in report.styles if cost.style == style), default=None)


def _auc(off: OffCatalogue | None) -> float | None:
    return None if off is None or off.roc is None else off.roc.auc


def _worst(cost: StyleCost) -> float:
    lost = (cost.intent.points_lost, cost.service.points_lost)
    return max((points for points in lost if points is not None), default=0.0)


_MEASURES = (
    _Measure(
        "intent accuracy", lambda report: report.intents.accuracy.value if report.intents else None, at_least=0.95
    ),
    _Measure("intent macro-F1", lambda report: report.intents.macro_f1 if report.intents else None, at_least=0.93),
    _Measure(
        "right service first", lambda report: report.services.first.value if report.services else None, at_least=0.92
    ),
    _Measure(
        "right service among three",
        lambda report: report.services.in_three.value if report.services else None,
        at_least=0.98,
    ),
    _Measure("mean reciprocal rank", lambda report: report.services.reciprocal_rank if report.services else None),
    _Measure("right first action", lambda report: report.actions[0].value if report.actions else None, at_least=0.80),
    _Measure(
        "off the catalogue, yet answered",
        lambda report: report.off_catalogue.answered.value if report.off_catalogue else None,
        at_most=0.05,
    ),
    _Measure(
        "answerable, yet refused",
        lambda report: report.off_catalogue.refused.value if report.off_catalogue else None,
        at_most=0.05,
    ),
    _Measure(
        "answerable against off the catalogue, AUC",
        lambda report: _auc(report.off_catalogue),
        at_least=0.90,
    ),
    _Measure("without diacritics, points lost", _lost("folded"), at_most=1, digits=1),
    _Measure("one typo, points lost", _lost("typo1"), at_most=4, digits=1),
    _Measure("two typos, points lost", _lost("typo2"), at_most=4, digits=1),
    _Measure("sh, zh, ch, points lost", _lost("shzh"), at_most=4, digits=1),
    _Measure("wrong layout, points lost", _lost("layout"), at_most=4, digits=1),
    _Measure("terse, points lost", _lost("terse"), at_most=4, digits=1),
    _Measure("right language", lambda report: report.languages[0].value if report.languages else None),
    _Measure(
        "a message, median, ms", lambda report: report.speed.p50_ms if report.speed else None, at_most=2, digits=2
    ),
)
