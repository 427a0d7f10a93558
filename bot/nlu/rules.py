"""Intents that a rule knows better than the classifier: languages, picks, corrections, case numbers, bare wishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.nlu.complaints.code import code_in
from bot.nlu.correction import contrasts
from bot.nlu.entities.entity import Reading
from bot.nlu.entities.registration import registration_numbers
from bot.nlu.language import foreign_language
from bot.nlu.normalise import fold, tokens
from bot.nlu.ordinals import picked

FOREIGN = "foreign_language"
CHOOSE = "choose_option"
CORRECT = "correct"
STATUS, WITHDRAW = "complaint_status", "withdraw_case"
LANGUAGE = "language"
COMPLAINT, CONTACTS = "file_complaint", "ask_contacts"
_MOST_WORDS_OF_A_NUMBER = 4
_FEW_WORDS, _FEW_CHARACTERS = 8, 120
# Folded words of which a mere wish to complain is made ("dar noriu skundą pateikti"); it names a complaint besides.
_A_COMPLAINT = frozenset("skunda skundas skundo pretenzija pretenzijos".split())
_TO_FILE = frozenset(
    "pateikti pateikt pateiksiu palikti palikt parasyti parasyt rasyti rasyt paduoti paduot teikti teikt teikiu"
    " uzregistruoti uzregistruot registruoti noriu noreciau norim norime norejau turiu turim reikia as mes dar"
    " viena nauja kita jums cia prasau labas laba diena sveiki".split()
)
_WISHES = frozenset("noriu noreciau norim norime noretume".split())
_COMPLAINING = frozenset("skustis skustisi pasiskusti pasiskust pasiskusciau".split())
_STANDS = frozenset("busena eiga numeris kodas mano atsakymas terminas terminai".split())
# Whom to ring is a question for a number, not a wish to be called back.
_TO_RING = frozenset("skambinti skambint paskambinti paskambint skambinu".split())
_WHOM = frozenset("o tai kam kur man mums dabar reikia galiu galima cia del to".split())


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
    return Ruled(CORRECT) if contrasts(text) else _in_few_words(text)


def _in_few_words(text: str) -> Ruled | None:
    """What so few words mean that the classifier, which learned from whole sentences, takes them for something else."""
    said = tokens(fold(text[:_FEW_CHARACTERS]))
    if said[:1] and said[0] in _WISHES and said[1:2] and said[1] in _COMPLAINING:
        return Ruled(COMPLAINT)
    if len(said) > _FEW_WORDS or len(text) > _FEW_CHARACTERS:
        return None
    left = set(said) - _TO_FILE
    if left and left <= _A_COMPLAINT:
        return Ruled(COMPLAINT)
    if said[:2] == ["skundas", "del"] and "?" not in text and not _STANDS.intersection(said):
        return Ruled(COMPLAINT)
    if "kam" in said and _TO_RING.intersection(said) and set(said) <= _TO_RING | _WHOM:
        return Ruled(CONTACTS)
    return None


def _about_a_case(text: str) -> Ruled | None:
    """A registration number with an access code, or alone: who writes it wants to know how the case stands."""
    reading = Reading(text)
    numbers = tuple(registration_numbers(reading))
    if not numbers or (code_in(text) is None and len(tokens(reading.folded)) > _MOST_WORDS_OF_A_NUMBER):
        return None
    return Ruled(WITHDRAW if "atsiim" in reading.folded else STATUS)
