"""The name that a resident gives: what is left of an answer besides contacts and their labels."""

from __future__ import annotations

import re
from itertools import takewhile

from bot.nlu.complaints.phrasebook import listed, patterns
from bot.nlu.lexicon import silent_words
from bot.nlu.normalise import fold

_MOST_WORDS = 4
_MOST_LETTERS = 40
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
_PIECES = re.compile(r"[\n,;:()|/!?]+|\s[-–]\s|\.\s|\.$")
# How Lithuanian names end, without diacritics.
_ENDINGS = ("as", "is", "us", "ys", "a", "e", "ai", "o", "iene")


def name_in(rest: str, *, beside_contact: bool) -> str | None:
    """Return the name; one in small letters without a contact beside it must be a known name or end like a surname."""
    words = [word for piece in _PIECES.split(rest) for word in _unlabelled(piece)]
    if len(words) <= _MOST_WORDS and (name := _name_of(words, beside_contact)):
        return name
    folded = fold(rest)
    introduced = patterns()["introduction"].search(folded)
    if introduced is None or len(folded) != len(rest):
        return None
    return _leading_name(_PIECES.split(rest[introduced.end() :])[0])


def _leading_name(piece: str) -> str | None:
    words = list(takewhile(_may_name, _WORD.findall(piece)))
    capitalised = list(takewhile(lambda word: word[0].isupper(), words))
    for candidate in (capitalised[:_MOST_WORDS], words[:2], words[:1]):
        if name := _name_of(candidate, False):
            return name
    return None


def _unlabelled(piece: str) -> list[str]:
    return [word for word in _WORD.findall(piece) if fold(word) not in listed("label_words")]


def _name_of(words: list[str], certain: bool) -> str | None:
    if not 0 < len(words) <= _MOST_WORDS or not all(map(_may_name, words)):
        return None
    like_names = all(fold(word).endswith(_ENDINGS) and len(word) > 2 for word in words)
    capitalised = all(word[0].isupper() for word in words) and not " ".join(words).isupper()
    if capitalised and (like_names or certain or len(words) > 1):
        return " ".join(map(_as_a_name, words))
    if like_names and (certain or any(map(_is_known_name, words))):
        return " ".join(map(_as_a_name, words))
    return None


def _is_known_name(word: str) -> bool:
    folded = fold(word)
    return folded in listed("first_names") or patterns()["surname_endings"].match(folded) is not None


def _may_name(word: str) -> bool:
    folded = fold(word)
    return (
        word[0].isalpha()
        and len(word) <= _MOST_LETTERS
        and (len(word) > 1 or word.isupper())
        and folded not in silent_words()
        and folded not in listed("no_name")
        and patterns()["no_name_pattern"].match(folded) is None
    )


def _as_a_name(word: str) -> str:
    """ "petraitė-jonaitė" → "Petraitė-Jonaitė", "J" → "J."; what has capitals of its own is kept."""
    if len(word) == 1:
        return f"{word}."
    if not (word.islower() or (word.isupper() and len(word) > 1)):
        return word
    return "-".join(part.capitalize() for part in word.split("-"))
