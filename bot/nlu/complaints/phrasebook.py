"""The stock phrases that these modules look for (`bot/nlu/data/filing.txt`), as one pattern for each section."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.nlu.lexicon import alternation, sections_of
from bot.nlu.normalise import loose, normalise, tokens


@lru_cache(maxsize=8)
def patterns(name: str = "filing") -> Mapping[str, re.Pattern[str]]:
    """The patterns of a list by the name of their section."""
    return {section: alternation(lines) for section, lines in sections_of(name).items()}


@lru_cache(maxsize=8)
def listed(section: str) -> frozenset[str]:
    """The plain words of a section."""
    return frozenset(word for line in sections_of("filing")[section] for word in line.split())


def view_of(text: str) -> str:
    """The matching view of a message: one line, folded, without quotes."""
    return loose(normalise(text))


def says(section: str, text: str, most_words: int) -> bool:
    """Whether a message of at most so many words says what the section is about."""
    view = view_of(text)
    return len(tokens(view)) <= most_words and patterns()[section].search(view) is not None
