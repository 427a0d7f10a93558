"""Messages that signal danger to life, fire, crime in progress or suicide: recall first, known false alarms out.

The patterns (`data/danger.txt`) look at the folded view, so they hold with and without diacritics. A false alarm costs
one sentence about 112; a miss may cost more.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from bot.nlu.lexicon import sections_of
from bot.nlu.normalise import loose, normalise


class Danger(Enum):
    """What kind of help the resident is shown first."""

    LIFE = "life"
    SUICIDE = "suicide"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The harmless phrases, suicide, and everything else that endangers life."""
    sections = sections_of("danger")
    harmless = re.compile(r"\b(?:" + "|".join(sections["harmless"]) + ")")
    return harmless, re.compile("|".join(sections["suicide"])), re.compile("|".join(sections["life"]))


def detect_danger(text: str) -> Danger | None:
    """The kind of danger that the message signals, or None."""
    harmless, suicide, life = _patterns()
    view = harmless.sub(" ", loose(normalise(text)))
    if suicide.search(view):
        return Danger.SUICIDE
    return Danger.LIFE if life.search(view) else None
