"""Slips of the finger put right before a message is read: an unknown word becomes the known one that it nearly is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from rapidfuzz.distance import OSA

from bot.nlu.normalise import TOKEN, loose, normalise, tokens
from bot.nlu.stems import stem

_SHORTEST = 5
_ENDING = 2
_ONCE = 1
_REMEMBERED = 16_384


class Spelling:
    """Known words in the matching view (`loose`), the most frequent first; the first `trusted` may be put for others.

    A word is put right only when it lies one slip (a letter lost, added or missed, or two swapped) from a trusted word,
    and no form of it is known. What differs in the ending alone is another form of the word, not a slip.
    """

    def __init__(self, words: Sequence[str], trusted: int) -> None:
        self.words = tuple(words)
        self.trusted = trusted
        self._read = lru_cache(maxsize=_REMEMBERED)(self._find)

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {word: at for at, word in enumerate(self.words)}

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.words))

    @cached_property
    def _near(self) -> dict[str, list[str]]:
        """The trusted words by what is left of them without one letter; built when first asked, not while learning."""
        near: dict[str, list[str]] = {}
        for word in self.words[: self.trusted]:
            if len(word) >= _SHORTEST and word.isalpha():
                for shorter in _shortened(word):
                    near.setdefault(shorter, []).append(word)
        return near

    @classmethod
    def of(cls, texts: Iterable[str]) -> Spelling:
        """The spelling of the words of `texts`; those are trusted that occur more than once."""
        counts = Counter(word for text in texts for word in tokens(loose(normalise(text))))
        words = sorted(counts, key=lambda word: (-counts[word], word))
        return cls(words, sum(count > _ONCE for count in counts.values()))

    def prepared(self) -> Spelling:
        """The same, with all that the first message would else wait for."""
        _ = self._rank, self._stems, self._near
        return self

    def corrected(self, text: str) -> str:
        """`text` as it is, or normalised with its slips put right."""
        clean = normalise(text)
        right = TOKEN.sub(lambda match: self._read(match.group()), clean)
        return text if right == clean else right

    def _find(self, word: str) -> str:
        view = loose(word)
        if len(view) < _SHORTEST or not view.isalpha() or view in self._rank or stem(view) in self._stems:
            return word
        close = {
            known for shorter in _shortened(view) for known in self._near.get(shorter, ()) if _is_slip(view, known)
        }
        return min(close, key=self._rank.__getitem__, default=word)


def _shortened(word: str) -> set[str]:
    """The word and what is left of it without one of its letters: two words one slip apart share some of these."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _is_slip(written: str, known: str) -> bool:
    if written[0] != known[0] or OSA.distance(written, known, score_cutoff=1) != 1:
        return False
    shorter = min(len(written), len(known))
    same = next((at for at in range(shorter) if written[at] != known[at]), shorter)
    return same < shorter - _ENDING or sorted(written) == sorted(known)
