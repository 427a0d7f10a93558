"""Which of several offered things a short message picks: "pirmas", "tas antras", "2", "paskutinis"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.nlu.lexicon import words
from bot.nlu.normalise import tokens

LAST = -1
_MOST_WORDS = 5
_STEMS = ("pirm", "antr", "trec", "ketvirt", "penkt", "sest", "septint", "astunt", "devint")
_ENDINGS = r"(?:as|a|i|is|ias|ia|o|io|os|ios|u|iu|am|iam|ai|ieji|asis|iasis|oji|ioji|aji|iaji|uoju|iuoju|aja|iaja)"
_ORDINALS = tuple(re.compile(stem + _ENDINGS) for stem in _STEMS)
_LAST = re.compile(r"paskutin(?:is|e|i|io|es|iu|ysis|ioji)")
_AROUND = frozenset(
    """
    tas ta tai to tos sis si sitas sita sito tuo ir o gal na nu as man mane
    taip jo ok gerai prasau prasom noriu noreciau renkuosi imu domina tinka reikia butent
    nr numeris numeri variantas varianta punktas punkta eilute mygtukas pasirinkimas
    """.split()
)


def picked(text: str) -> int | None:
    """The number picked, from 1, or `LAST`; None when the message says anything else."""
    digits = tokens(text)
    if not 0 < len(digits) <= _MOST_WORDS:
        return None
    # Digits are read as typed: a lone one is a choice and not a letter of another keyboard.
    numbers = [int(word) if word.isascii() and word.isdigit() and len(word) == 1 else None for word in digits]
    if len(digits) == 1 and numbers[0]:
        return numbers[0]
    found = [_number(word) for word in words(text) if word not in _AROUND]
    return found[0] if len(found) == 1 else None


def one_of(offered: Sequence[str], number: int) -> str | None:
    """The offered thing of that number, from 1 or `LAST`; None when there are not so many."""
    place = len(offered) if number == LAST else number
    return offered[place - 1] if 0 < place <= len(offered) else None


def _number(word: str) -> int | None:
    if word.isascii() and word.isdigit() and len(word) == 1:
        return int(word) or None
    if _LAST.fullmatch(word):
        return LAST
    return next((number for number, ordinal in enumerate(_ORDINALS, 1) if ordinal.fullmatch(word)), None)
