"""Intents that a rule knows better than the classifier: other languages, picks, plain corrections, case numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.nlu.complaints.code import code_in
from bot.nlu.correction import contrasts
from bot.nlu.entities.entity import Reading
from bot.nlu.entities.registration import registration_numbers
from bot.nlu.language import foreign_language
from bot.nlu.normalise import tokens
from bot.nlu.ordinals import picked

FOREIGN = "foreign_language"
CHOOSE = "choose_option"
CORRECT = "correct"
STATUS, WITHDRAW = "complaint_status", "withdraw_case"
LANGUAGE = "language"
_MOST_WORDS_OF_A_NUMBER = 4


@dataclass(frozen=True)
class Ruled:
    """An intent that holds for certain, with its entities by name."""

    intent: str
    entities: Mapping[str, str] = field(default_factory=dict)


def ruled(text: str) -> Ruled | None:
    """What the rules make of the message, or None where the classifier decides. Danger is looked for elsewhere."""
    case = _about_a_case(text)
    if case is not None:
        return case
    language = foreign_language(text)
    if language is not None:
        return Ruled(FOREIGN, {LANGUAGE: language})
    if picked(text) is not None:
        return Ruled(CHOOSE)
    return Ruled(CORRECT) if contrasts(text) else None


def _about_a_case(text: str) -> Ruled | None:
    """A registration number with an access code, or alone: who writes it wants to know how the case stands."""
    reading = Reading(text)
    numbers = tuple(registration_numbers(reading))
    if not numbers or (code_in(text) is None and len(tokens(reading.folded)) > _MOST_WORDS_OF_A_NUMBER):
        return None
    return Ruled(WITHDRAW if "atsiim" in reading.folded else STATUS)
