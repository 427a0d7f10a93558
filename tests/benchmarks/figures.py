"""Figures: percentiles, medians over rounds, and a measure of both sides with its target."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import median


class Better(Enum):
    """Which figure is the better one."""

    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over several rounds."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, figures: Iterable[float]) -> Spread:
        """Summarise the rounds' figures; raises ValueError when there are none."""
        rounds = sorted(figures)
        if not rounds:
            raise ValueError("no round has been measured")
        return cls(median(rounds), rounds[0], rounds[-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One row of a table: the same figure of both sides.

    `target` is how many times better than stock Rasa Langelis has to be; None = told for information only.
    `stock` is None where stock Rasa has no such figure.
    """

    label: str
    unit: str
    ours: Spread
    stock: Spread | None
    better: Better = Better.LOWER
    target: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times better the median of Langelis is; below 1 it is worse. None = nothing to compare."""
        if self.stock is None:
            return None
        above, below = (self.stock, self.ours) if self.better is Better.LOWER else (self.ours, self.stock)
        if below.median == 0:
            return None
        return above.median / below.median

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None = there is none."""
        if self.target is None or self.ratio is None:
            return None
        return self.ratio >= self.target


def percentile(figures: Sequence[float], share: float) -> float:
    """Return the smallest figure that at least `share` (0 < share ≤ 1) of all figures do not exceed (nearest rank).

    Raises ValueError when there are no figures or the share is out of range.
    """
    if not figures:
        raise ValueError("a percentile of nothing")
    if not 0 < share <= 1:
        raise ValueError(f"share {share} is not within 0 … 1")
    return sorted(figures)[math.ceil(share * len(figures)) - 1]
