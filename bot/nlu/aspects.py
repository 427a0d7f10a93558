"""What is asked about a service, seen from stock phrases (`data/aspects.txt`): documents, price, duration and so on."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.core.aspects import Aspect
from bot.nlu.lexicon import alternation, sections_of
from bot.nlu.normalise import loose, normalise

_VAGUE = (Aspect.WHERE, Aspect.HOW)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Aspect, re.Pattern[str]], ...]:
    """The patterns in order of precedence, from the most telling phrase to the vaguest."""
    return tuple((Aspect(name), alternation(lines)) for name, lines in sections_of("aspects").items())


def detect_aspects(text: str) -> tuple[Aspect, ...]:
    """All aspects that the message names, most telling first; where and how only when nothing else is named."""
    view = loose(normalise(text))
    found = tuple(aspect for aspect, pattern in _patterns() if pattern.search(view))
    telling = tuple(aspect for aspect in found if aspect not in _VAGUE)
    return telling or found[:1]


def detect_aspect(text: str) -> Aspect | None:
    """The most telling aspect that the message names, or None."""
    found = detect_aspects(text)
    return found[0] if found else None
