"""Copies of training sentences as people mistype them: without diacritics, with sh/zh/ch, typos, digits for letters."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.nlu.layout import KEYS
from bot.nlu.normalise import fold

_TO_KEYS = str.maketrans({letter: key for key, letter in KEYS.items()})
_TO_DIGRAPHS = str.maketrans({"š": "sh", "ž": "zh", "č": "ch"})
_NEIGHBOURS = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sfe", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "r": "et", "s": "ad", "t": "ry", "u": "yi",
    "v": "cb", "y": "tu", "z": "xa",
}  # fmt: skip
_SHORTEST_MISTYPED = 4


@dataclass(frozen=True)
class Augmentation:
    """How many copies of each kind are added, as a share of the sentences (1.0 = one copy of each)."""

    folded: float = 0.0
    digraphs: float = 0.0
    layout: float = 0.0
    typos: float = 0.0

    @classmethod
    def everyday(cls) -> Augmentation:
        """The mixture that Langelis is trained with."""
        return cls(folded=0.05, digraphs=0.01, layout=0.01, typos=0.08)

    def kinds(self) -> tuple[tuple[float, Callable[[str, random.Random], str]], ...]:
        """Share and rewriting of every kind, in a fixed order."""
        return (
            (self.folded, lambda text, _: fold(text)),
            (self.digraphs, lambda text, _: fold(text.translate(_TO_DIGRAPHS))),
            (self.layout, lambda text, _: text.translate(_TO_KEYS)),
            (self.typos, mistyped),
        )


def mistyped_copies(
    texts: Sequence[str], labels: Sequence[str], augmentation: Augmentation | None, *, seed: int
) -> tuple[list[str], list[str]]:
    """Mistyped copies of the sentences, and their labels; copies equal to the original are left out."""
    more_texts: list[str] = []
    more_labels: list[str] = []
    if augmentation is None:
        return more_texts, more_labels
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    for share, rewrite in augmentation.kinds():
        for text, label in zip(texts, labels, strict=True):
            if chance.random() < share and (copy := rewrite(text.lower(), chance)) != text.lower():
                more_texts.append(copy)
                more_labels.append(label)
    return more_texts, more_labels


def mistyped(text: str, chance: random.Random) -> str:
    """`text` with one slip of the finger in one of its longer words: a letter lost, doubled, swapped or missed."""
    words = text.split(" ")
    long_words = [i for i, word in enumerate(words) if len(word) >= _SHORTEST_MISTYPED]
    if not long_words:
        return text
    which = chance.choice(long_words)
    words[which] = _slip(words[which], chance)
    return " ".join(words)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + chance.choice(_NEIGHBOURS.get(fold(word[at]), word[at])) + word[at + 1 :]
