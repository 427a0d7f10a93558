"""Intents that a rule knows better than the classifier: other languages, picks, plain corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.nlu.correction import contrasts
from bot.nlu.language import foreign_language
from bot.nlu.ordinals import picked

FOREIGN = "foreign_language"
CHOOSE = "choose_option"
CORRECT = "correct"
LANGUAGE = "language"


@dataclass(frozen=True)
class Ruled:
    """An intent that holds for certain, with its entities by name."""

    intent: str
    entities: Mapping[str, str] = field(default_factory=dict)


def ruled(text: str) -> Ruled | None:
    """What the rules make of the message, or None where the classifier decides. Danger is looked for elsewhere."""
    language = foreign_language(text)
    if language is not None:
        return Ruled(FOREIGN, {LANGUAGE: language})
    if picked(text) is not None:
        return Ruled(CHOOSE)
    return Ruled(CORRECT) if contrasts(text) else None
