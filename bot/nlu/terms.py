"""The words of a catalogue as a weighted index, and how a resident's word meets them: same, related, mistyped."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from math import ceil

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.nlu.lexicon import aspect_stems, concepts, silent_words
from bot.nlu.stems import stem

Floats = npt.NDArray[np.float64]

SAME, RELATED_PREFIX, SAME_ROOT, CONCEPT = 1.0, 0.75, 0.75, 0.65
MISTYPED = 0.85
ASPECT_WEIGHT = 0.3
NUMBER_WEIGHT = 0.3
_SHORTEST_ROOT = 4
_SHORTEST_FUZZY = 4
_CLOSE_ENOUGH = 0.75
_MOST_MISTYPED = 6
_MEMORY = 20_000

_PREFIXES = tuple(sorted("nu uz i is pa pri su at ap par per pra ne be nebe".split(), key=lambda p: (-len(p), p)))


def root(word: str) -> str:
    """A stem without its verbal prefix and reflexive "-si-" ("uzregistr", "prisiregistr" → "registr")."""
    for prefix in _PREFIXES:
        if word.startswith(prefix):
            rest = word[len(prefix) :]
            rest = rest[2:] if rest.startswith("si") and len(rest) - 2 >= _SHORTEST_ROOT else rest
            if len(rest) >= _SHORTEST_ROOT:
                return rest
    return word


def weighed(words: Sequence[str]) -> dict[str, float]:
    """Stems of the telling words with their weight: aspect words and numbers count little, fillers nothing."""
    found: dict[str, float] = {}
    for word in words:
        if word in silent_words():
            continue
        key = stem(word)
        if key in aspect_stems():
            found[key] = ASPECT_WEIGHT
        elif word.isdigit():
            found[key] = NUMBER_WEIGHT
        elif len(word) > 1:
            found[key] = 1.0
    return found


def weighed_stems(stems: Sequence[str]) -> list[float]:
    """The weight of each stem: those that only say what is asked count little."""
    return [ASPECT_WEIGHT if key in aspect_stems() else 1.0 for key in stems]


class Terms:
    """All stems of a catalogue with their inverse document frequency (a document = one entry of the catalogue)."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        frequency: Counter[str] = Counter()
        for words in documents:
            frequency.update(weighed(words).keys())
        self.names = sorted(frequency)
        self.ids = {name: i for i, name in enumerate(self.names)}
        counts = np.array([frequency[name] for name in self.names], dtype=np.float64)
        self.idf: Floats = np.log((len(documents) + 1.0) / (counts + 0.5)) + 0.2
        self.unknown_idf = float(np.log((len(documents) + 1.0) / 0.5) + 0.2)
        self._by_root = _inverted({root(name): [] for name in self.names}, self.names)
        self._by_concept = self._concept_members()
        self._by_length: dict[int, list[str]] = {}
        for name in self.names:
            self._by_length.setdefault(len(name), []).append(name)
        self._met: dict[str, dict[int, float]] = {}

    def _concept_members(self) -> dict[int, list[int]]:
        members: dict[int, list[int]] = {}
        groups = concepts()
        for i, name in enumerate(self.names):
            for number in groups.get(name, ()):
                members.setdefault(number, []).append(i)
        return members

    def rarity(self, word: str) -> float:
        """Inverse document frequency of a stem; a stem the catalogue does not know is the rarest."""
        return float(self.idf[self.ids[word]]) if word in self.ids else self.unknown_idf

    def meeting(self, word: str) -> dict[int, float]:
        """Which terms of the catalogue a resident's stem can stand for, with a similarity of 0..1."""
        known = self._met.get(word)
        if known is None:
            known = self._find(word)
            if len(self._met) < _MEMORY:
                self._met[word] = known
        return known

    def _find(self, word: str) -> dict[int, float]:
        found: dict[int, float] = {}
        if word in self.ids:
            found[self.ids[word]] = SAME
        for i in self._by_root.get(root(word), ()):
            found[i] = max(found.get(i, 0.0), SAME_ROOT)
        self._add_prefix_relatives(word, found)
        for number in concepts().get(word, ()):
            for i in self._by_concept.get(number, ()):
                found[i] = max(found.get(i, 0.0), CONCEPT)
        if not any(similarity >= RELATED_PREFIX for similarity in found.values()):
            self._add_mistyped(word, found)
        return found

    def _add_prefix_relatives(self, word: str, found: dict[int, float]) -> None:
        """Stems that begin with one another ("mokest" and "mokes"), the more alike the shorter the rest."""
        if len(word) < _SHORTEST_ROOT:
            return
        for size in range(_SHORTEST_ROOT, len(word)):
            shorter = self.ids.get(word[:size])
            if shorter is not None:
                found[shorter] = max(found.get(shorter, 0.0), RELATED_PREFIX * size / len(word))
        at = bisect_left(self.names, word)
        while at < len(self.names) and self.names[at].startswith(word):
            found[at] = max(found.get(at, 0.0), RELATED_PREFIX * len(word) / len(self.names[at]))
            at += 1

    def _add_mistyped(self, word: str, found: dict[int, float]) -> None:
        if len(word) < _SHORTEST_FUZZY or word.isdigit():
            return
        # Two words of very different length cannot be alike enough.
        shortest, longest = ceil(len(word) * _CLOSE_ENOUGH), int(len(word) / _CLOSE_ENOUGH)
        close: list[tuple[float, str]] = []
        for size in range(shortest, longest + 1):
            alike = process.extract(
                word,
                self._by_length.get(size, ()),
                scorer=OSA.normalized_similarity,
                score_cutoff=_CLOSE_ENOUGH,
                limit=_MOST_MISTYPED,
            )
            close.extend((-similarity, name) for name, similarity, _ in alike)
        for distance, name in sorted(close)[:_MOST_MISTYPED]:
            i = self.ids[name]
            found[i] = max(found.get(i, 0.0), MISTYPED * -distance)


def _inverted(empty: dict[str, list[int]], names: Sequence[str]) -> dict[str, list[int]]:
    for i, name in enumerate(names):
        empty[root(name)].append(i)
    return empty
