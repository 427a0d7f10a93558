"""An inverted index over character n-grams: cosine of a text with many short phrases at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SIZES = (3, 4, 5)


def char_grams(words: Sequence[str], weights: Sequence[float]) -> dict[str, float]:
    """Weighted n-grams of padded words; a word's weight goes to each of its n-grams."""
    grams: dict[str, float] = {}
    for word, weight in zip(words, weights, strict=True):
        padded = f" {word} "
        for size in _SIZES:
            for at in range(max(1, len(padded) - size + 1)):
                gram = padded[at : at + size]
                grams[gram] = grams.get(gram, 0.0) + weight
    return grams


class CharIndex:
    """TF-IDF of character n-grams for phrases given as n-gram weights."""

    def __init__(self, phrases: Sequence[dict[str, float]]) -> None:
        frequency: Counter[str] = Counter()
        for grams in phrases:
            frequency.update(grams.keys())
        self._ids = {gram: i for i, gram in enumerate(sorted(frequency))}
        counts = np.array([frequency[gram] for gram in self._ids], dtype=np.float64)
        self._idf: Floats = np.log((1.0 + len(phrases)) / (1.0 + counts)) + 1.0
        self._unknown = float(np.log(1.0 + len(phrases)) + 1.0)
        self.size = len(phrases)
        self._rows, self._values, self._starts = self._invert(phrases)

    def _invert(self, phrases: Sequence[dict[str, float]]) -> tuple[Ints, Floats, Ints]:
        rows = np.repeat(np.arange(len(phrases)), [len(grams) for grams in phrases])
        columns = np.array([self._ids[g] for grams in phrases for g in grams], dtype=np.int64)
        raw = np.array([w for grams in phrases for w in grams.values()], dtype=np.float64)
        if not len(columns):
            return rows.astype(np.int64), raw, np.zeros(len(self._ids) + 1, dtype=np.int64)
        values = np.sqrt(raw) * self._idf[columns]
        lengths = np.sqrt(np.bincount(rows, weights=values**2, minlength=len(phrases)))
        values = values / np.maximum(lengths[rows], 1e-9)
        order = np.argsort(columns, kind="stable")
        starts = np.concatenate(([0], np.cumsum(np.bincount(columns, minlength=len(self._ids)))))
        return rows[order].astype(np.int64), values[order], starts

    def cosine(self, grams: dict[str, float]) -> Floats:
        """Cosine of the text with every phrase; n-grams that no phrase has count as part of the text's length."""
        if not grams or not self.size:
            return np.zeros(self.size)
        place = self._ids.get
        known = [(i, weight) for gram, weight in grams.items() if (i := place(gram)) is not None]
        strange = (sum(grams.values()) - sum(weight for _, weight in known)) * self._unknown**2
        if not known:
            return np.zeros(self.size)
        columns = np.array([i for i, _ in known], dtype=np.int64)
        values = np.sqrt(np.array([w for _, w in known])) * self._idf[columns]
        length = float(np.sqrt((values**2).sum() + 0.5 * strange))
        starts, ends = self._starts[columns], self._starts[columns + 1]
        hits = ranges(starts, ends)
        weights = np.repeat(values, ends - starts) * self._values[hits]
        scores: Floats = np.bincount(self._rows[hits], weights=weights, minlength=self.size) / length
        return scores


def ranges(starts: Ints, ends: Ints) -> Ints:
    """The whole numbers of all half-open ranges, one after another."""
    sizes = ends - starts
    offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
    found: Ints = offsets + np.arange(int(sizes.sum()))
    return found
