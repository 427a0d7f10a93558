"""Measures of labels and ranks: pure functions of what was wanted and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

_Z95 = 1.959964

Pair = tuple[tuple[str, ...], str]
"""The acceptable labels, the best first and at least one, and the label that was found."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, 0..1; None of nothing."""
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval by Wilson's score method; None of nothing."""
        if not self.of:
            return None
        share, square = self.right / self.of, _Z95**2
        scale = 1 + square / self.of
        middle = (share + square / (2 * self.of)) / scale
        half = _Z95 * sqrt(share * (1 - share) / self.of + square / (4 * self.of**2)) / scale
        return max(0.0, middle - half), min(1.0, middle + half)

    @classmethod
    def among(cls, found: Iterable[bool]) -> Share:
        """Count the true ones."""
        values = list(found)
        return cls(sum(values), len(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelScore:
    """Precision, recall and F1 of one label, each 0..1; `count` examples have it."""

    label: str
    count: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each wanted label (row) was taken for each found one (column); `labels` name both."""

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def mistakes(self) -> tuple[tuple[str, str, int], ...]:
        """(wanted, found, how often) off the diagonal, the most frequent first."""
        named = [
            (wanted, found, self.counts[row][column])
            for row, wanted in enumerate(self.labels)
            for column, found in enumerate(self.labels)
            if row != column and self.counts[row][column]
        ]
        return tuple(sorted(named, key=lambda mistake: (-mistake[2], mistake[0], mistake[1])))


def accuracy(pairs: Sequence[Pair]) -> Share:
    """Count those with an acceptable label."""
    return Share.among(found in wanted for wanted, found in pairs)


def scores_by_label(pairs: Sequence[Pair]) -> tuple[LabelScore, ...]:
    """Return the scores of every label wanted or found, ordered by name."""
    pure = [(_judged_as(wanted, found), found) for wanted, found in pairs]
    wanted = Counter(label for label, _ in pure)
    given = Counter(found for _, found in pure)
    right = Counter(label for label, found in pure if label == found)
    return tuple(_label_score(label, right[label], wanted[label], given[label]) for label in sorted(wanted | given))


def macro_f1(scores: Sequence[LabelScore]) -> float | None:
    """Return the mean F1 of the labels that some example has; None without any.

    Labels that are only ever found (`nlu_fallback`) cost recall elsewhere and are not averaged in.
    """
    return mean([score.f1 for score in scores if score.count])


def confusion(pairs: Sequence[Pair]) -> Confusion:
    """Count wanted against found, over the labels that occur on either side, ordered by name."""
    counted = Counter((_judged_as(wanted, found), found) for wanted, found in pairs)
    labels = tuple(sorted({label for pair in counted for label in pair}))
    return Confusion(labels, tuple(tuple(counted[row, column] for column in labels) for row in labels))


def rank_of(wanted: Sequence[str], found: Sequence[str]) -> int:
    """Return the place of the first acceptable one, counted from 1; 0 when there is none."""
    return next((place for place, label in enumerate(found, 1) if label in wanted), 0)


def among_first(ranks: Sequence[int], places: int) -> Share:
    """Count the ranks within the first so many places."""
    return Share.among(0 < rank <= places for rank in ranks)


def mean_reciprocal_rank(ranks: Sequence[int]) -> float | None:
    """Return the mean of 1/rank, 0 for what was not found; None without any."""
    return mean([1 / rank if rank else 0.0 for rank in ranks])


def mean(values: Sequence[float]) -> float | None:
    """Return the arithmetic mean; None of nothing."""
    return sum(values) / len(values) if values else None


def _judged_as(wanted: tuple[str, ...], found: str) -> str:
    """Return the one label that stands for several acceptable ones: the found one if it is right, else the best."""
    return found if found in wanted else wanted[0]


def _label_score(label: str, right: int, wanted: int, given: int) -> LabelScore:
    precision = right / given if given else 0.0
    recall = right / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return LabelScore(label=label, count=wanted, precision=precision, recall=recall, f1=f1)
