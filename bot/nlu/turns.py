"""Turns of phrase that say what is asked about a service (`data/turns.txt`): hints for the classifier, no verdicts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.nlu.lexicon import alternation, sections_of


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((aspect, alternation(lines)) for aspect, lines in sections_of("turns").items())


def turns(words: Sequence[str]) -> set[str]:
    """The aspects ("cost", "how" …) of which the words, in the matching view, have a turn of phrase."""
    view = " ".join(words)
    return {aspect for aspect, pattern in _patterns() if pattern.search(view)}
