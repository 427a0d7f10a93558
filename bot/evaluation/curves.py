"""Measures of scores: how well they separate (ROC) and how honest they are (calibration)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.evaluation.metrics import mean


@dataclass(frozen=True, slots=True)
class RocPoint:
    """What passes when every score of at least `threshold` does: shares of the negatives and of the positives."""

    threshold: float
    false_positives: float
    true_positives: float


@dataclass(frozen=True, slots=True)
class Roc:
    """The curve from (0, 0) to (1, 1), thresholds falling, and the area under it."""

    points: tuple[RocPoint, ...]
    auc: float
    positives: int
    negatives: int

    def at(self, threshold: float) -> RocPoint:
        """Return what passes at a threshold."""
        passing = [point for point in self.points if point.threshold >= threshold]
        last = passing[-1]
        return RocPoint(threshold, last.false_positives, last.true_positives)

    def letting_through(self, share: float) -> RocPoint:
        """Return the point with at least this share of the positives and the fewest negatives."""
        return next(point for point in self.points if point.true_positives >= share)


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions with confidences in [low, high): how sure they were on average, how often right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins that hold any prediction, and the expected calibration error, 0..1."""

    bins: tuple[Bin, ...]
    error: float
    count: int


def roc(positives: Sequence[float], negatives: Sequence[float]) -> Roc | None:
    """Return the ROC curve of two groups of scores; None when one is empty."""
    if not positives or not negatives:
        return None
    above, below = Counter(positives), Counter(negatives)
    points = [RocPoint(float("inf"), 0.0, 0.0)]
    true = false = 0
    for threshold in sorted(above | below, reverse=True):
        true, false = true + above[threshold], false + below[threshold]
        points.append(RocPoint(threshold, false / len(negatives), true / len(positives)))
    return Roc(tuple(points), _area(points), len(positives), len(negatives))


def calibration(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> Calibration | None:
    """Return the reliability diagram over equally wide bins; None of no predictions."""
    if not confidences:
        return None
    filled = tuple(_bins(confidences, right, bins))
    error = sum(each.count * abs(each.right - each.confidence) for each in filled) / len(confidences)
    return Calibration(filled, error, len(confidences))


def _area(points: Sequence[RocPoint]) -> float:
    """Trapezoids count a tie of a positive and a negative as half, as the area's meaning asks."""
    return sum(
        (after.false_positives - before.false_positives) * (after.true_positives + before.true_positives) / 2
        for before, after in pairwise(points)
    )


def _bins(confidences: Sequence[float], right: Sequence[bool], bins: int) -> Iterator[Bin]:
    places = [min(bins - 1, int(confidence * bins)) for confidence in confidences]  # 1.0 is in the last one
    for number in range(bins):
        held = [i for i, place in enumerate(places) if place == number]
        if held:
            sure = mean([confidences[i] for i in held]) or 0.0
            share = mean([float(right[i]) for i in held]) or 0.0
            yield Bin(number / bins, (number + 1) / bins, len(held), sure, share)
