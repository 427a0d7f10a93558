"""How much of a message is the vocabulary of a municipality's matters: what tells a service question from a chat."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.nlu.elsewhere import topics
from bot.nlu.lexicon import is_telling, words
from bot.nlu.stems import stem

_MANY = 4


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Stems of all that residents ask municipalities about (`data/elsewhere.txt`)."""
    return frozenset(stem(word) for topic in topics() for name in (topic.title, *topic.phrases) for word in words(name))


@lru_cache(maxsize=8_192)
def _is_matter(word: str) -> bool:
    return stem(word) in _vocabulary()


def known_matters(message: Sequence[str]) -> tuple[str, ...]:
    """Names of how many of the telling words are such vocabulary, how many are not, and which share, in quarters."""
    telling = [word for word in message if is_telling(word) and not word.isdigit()]
    if not telling:
        return ("none",)
    known = sum(map(_is_matter, telling))
    unknown = len(telling) - known
    return (f"share {known * _MANY // len(telling)}", f"known {min(known, _MANY)}", f"unknown {min(unknown, _MANY)}")
