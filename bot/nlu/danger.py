"""Messages that signal danger to life, fire, crime in progress or suicide: recall first, known false alarms out.

The patterns (`data/danger.txt`) look at the folded view, so they hold with and without diacritics. A false alarm costs
one sentence about 112; a miss may cost more. Messages in other languages have patterns of their own
(`data/danger_foreign.txt`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from bot.nlu.language import foreign_language
from bot.nlu.lexicon import alternation, sections_of
from bot.nlu.normalise import fold, loose, normalise

_VIOLENCE = re.compile(r"\b(?:su|pri|uz)?mus(?:a|e|ti|t|im\w*|amas|ama)\b|\bskriaud|\bsmurt|\bprievart|\btycioj")
_IN_CARE = re.compile(
    r"\b(?:mokykl|darzel|lopsel|gimnazij|progimn|pradin|klas[ei]|bendraklas|mokytoj|auklet|globos nam)"
)


class Danger(Enum):
    """What kind of help the resident is shown first."""

    LIFE = "life"
    SUICIDE = "suicide"


@dataclass(frozen=True)
class _Patterns:
    harmless: re.Pattern[str]
    suicide: re.Pattern[str]
    life: re.Pattern[str]

    def danger_in(self, view: str) -> Danger | None:
        """The danger that a view of the message signals."""
        rest = self.harmless.sub(" ", view)
        if self.suicide.search(rest):
            return Danger.SUICIDE
        return Danger.LIFE if self.life.search(rest) else None


def detect_danger(text: str) -> Danger | None:
    """The kind of danger that the message signals, or None."""
    clean = normalise(text)
    found = _lithuanian_danger(clean)
    if found is not None:
        return found
    language = foreign_language(text)
    return None if language is None else _foreign()[language].danger_in(fold(clean))


def tells_of_violence_in_care(text: str) -> bool:
    """Whether somebody is hurt where a municipality answers for it: that may be complained about afterwards."""
    view = fold(text)
    return _VIOLENCE.search(view) is not None and _IN_CARE.search(view) is not None


@lru_cache(maxsize=256)  # asked of one message by the rule and by the classifier
def _lithuanian_danger(clean: str) -> Danger | None:
    return _lithuanian().danger_in(loose(clean))


@lru_cache(maxsize=1)
def _lithuanian() -> _Patterns:
    sections = sections_of("danger")
    return _patterns(sections["harmless"], sections["suicide"], sections["life"])


@lru_cache(maxsize=1)
def _foreign() -> dict[str, _Patterns]:
    sections = sections_of("danger_foreign")

    def patterns(*languages: str) -> _Patterns:
        harmless, suicide, life = (
            [fold(line) for language in languages for line in sections[f"{language} {kind}"]]
            for kind in ("harmless", "suicide", "life")
        )
        return _patterns(harmless, suicide, life)

    cyrillic = patterns("ru", "uk")
    return {"en": patterns("en"), "pl": patterns("pl"), "ru": cyrillic, "uk": cyrillic}


def _patterns(harmless: Sequence[str], suicide: Sequence[str], life: Sequence[str]) -> _Patterns:
    at_words = alternation([rf"\b{line}" for line in harmless])
    return _Patterns(at_words, alternation(suicide), alternation(life))
