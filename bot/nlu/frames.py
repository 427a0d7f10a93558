"""The frame in which something is asked ("kiek kain _"), whatever the thing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.nlu.lexicon import is_telling
from bot.nlu.stems import stem


def frame(words: Sequence[str]) -> list[str]:
    """The stems of the words, in the matching view, with every run of telling ones replaced by "_"."""
    found: list[str] = []
    for word in words:
        part = "_" if is_telling(word) else stem(word)
        if part != "_" or found[-1:] != ["_"]:
            found.append(part)
    return found
