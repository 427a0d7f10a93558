"""Access codes of cases: "7K3M-Q2XW-90TB", with which a resident comes back without an account.

The alphabet is Crockford's base 32: I, L, O and U are left out, and what is read as one of the first three is repaired.
Twelve characters are 60 bits; that a code holds a plain digit and a letter takes less than a tenth of a bit of it.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterator

from bot.nlu.entities.entity import Reading
from bot.nlu.entities.registration import registration_numbers
from bot.nlu.normalise import MAX_LENGTH

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_GROUP = 4
_REPAIRED = str.maketrans("OIL", "011")
# What a letter may have been mistyped for does not count: "savivaldybes" holds no digit.
_PLAIN_DIGITS = frozenset("23456789")
_SEPARATORS = re.compile(r"[\s\-‐‒–—−_.]+")
_DASH = r"\s?[-‐‒–—−]\s?"
_BEGIN, _STOP = r"(?<![\w@.+-])", r"(?![\w@+]|[-.]\w)"
_CHARS = f"[0-9A-Za-z]{{{_GROUP}}}"
_DASHED = re.compile(rf"{_BEGIN}{_CHARS}{_DASH}{_CHARS}{_DASH}{_CHARS}{_STOP}")
_SPACED = re.compile(rf"(?={_BEGIN}({_CHARS} {_CHARS} {_CHARS}){_STOP})")
_RUN = re.compile(rf"{_BEGIN}[0-9A-Za-z]{{{LENGTH}}}{_STOP}")
_CHANGE = re.compile(r"(?<=[0-9])(?=[A-Z])|(?<=[A-Z])(?=[0-9])")
# "TR-2026-000123" without its dashes has twelve characters too.
_REGISTERED = re.compile(r"[A-Z]{1,5}20[0-9]{2}[0-9]+")
_MIXED = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])")


def new_code() -> str:
    """Return a new code from the system's source of randomness, in groups of four."""
    while True:
        chars = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        # Two changes between letters and digits also tell it from a registration number and from "petras2026".
        if _is_code(chars) and len(_CHANGE.findall(chars)) > 1:
            return _grouped(chars)


def normalise_code(text: str) -> str | None:
    """Return the code that was typed, whatever its case, spaces and dashes; None when it is none."""
    typed = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text[:MAX_LENGTH])).upper()
    chars = typed.translate(_REPAIRED)
    return _grouped(chars) if _is_code(chars) and _REGISTERED.fullmatch(typed) is None else None


def code_in(text: str) -> str | None:
    """Return the first code inside a message; words, telephone and registration numbers are none."""
    for typed in _candidates(_without_registration_numbers(text)):
        code = normalise_code(typed)
        if code is not None:
            return code
    return None


def _candidates(text: str) -> Iterator[str]:
    yield from (match.group() for match in _DASHED.finditer(text))
    yield from (match.group() for match in _RUN.finditer(text) if len(_CHANGE.findall(match.group().upper())) > 1)
    shouted = text.isupper()
    for match in _SPACED.finditer(text):
        # Three short words and a year stand like a code: "2026 kovo mano".
        mixed = sum(_MIXED.match(group) is not None for group in match.group(1).split())
        if mixed > 1 or (mixed == 1 and match.group(1).isupper() and not shouted):
            yield match.group(1)


def _without_registration_numbers(text: str) -> str:
    reading = Reading(text)
    rest = reading.text
    for found in registration_numbers(reading):
        rest = rest[: found.start] + "|" * (found.end - found.start) + rest[found.end :]
    return rest


def _is_code(chars: str) -> bool:
    known = len(chars) == LENGTH and all(char in ALPHABET for char in chars)
    return known and not _PLAIN_DIGITS.isdisjoint(chars) and not chars.isdigit()


def _grouped(chars: str) -> str:
    return "-".join(chars[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))
