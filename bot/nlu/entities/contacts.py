"""E-mail addresses and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from bot.nlu.entities.entity import Entity, Kind, Reading

# A run of characters is tried at its beginning only, and no two parts share a character: linear in the text.
_EMAIL = re.compile(r"(?<![\w.+%@-])([\w.+%-]{1,64})@((?:[\w-]{1,63}\.){1,6}[a-z]{2,24})(?![\w@-])")
_GAP = r"[ ().\-–/]{0,3}"
_LITHUANIAN = (
    # With a prefix the parts may be of any size; without one only a mobile number is told from other numbers.
    rf"(?:\(?(?:(?:\+|00) ?)?370|\(?[08]){_GAP}[3-9](?:{_GAP}[0-9]){{7}}(?![0-9])"
    r"|(?<![0-9] )6[0-9]{2}[ -]?(?:[0-9]{2}[ -]?[0-9]{3}|[0-9]{3}[ -]?[0-9]{2})(?!(?:[ -]|\.)?[0-9])"
)
_PHONE = re.compile(
    rf"(?<![\w+/-])(?<![0-9][.,:])(?:{_LITHUANIAN}|(?:\+|00)[1-9](?:[ ().-]{{0,2}}[0-9]){{6,14}}(?![0-9]))"
)
_REGION = "LT"
# More are no longer somebody's numbers, and checking one takes some 50 µs.
_MOST_PHONES = 20


def emails(reading: Reading) -> Iterator[Entity]:
    """Yield the e-mail addresses, the domain in lower case."""
    if "@" not in reading.folded:
        return
    for match in _EMAIL.finditer(reading.folded):
        end = match.end()
        if _is_glued(reading.written(match.start(2), end)):
            end = match.start(2) + match.group(2).rindex(".")
        written = reading.written(match.start(), end)
        local, _, domain = written.partition("@")
        if not local.startswith(".") and not local.endswith("."):
            yield reading.entity(Kind.EMAIL, match.start(), end, f"{local}@{domain.lower()}")


def _is_glued(domain: str) -> bool:
    """Tell whether a sentence follows the domain without a space ("pastas.lt.Laukiu")."""
    *labels, last = domain.split(".")
    return len(labels) > 1 and last[:1].isupper() and labels[-1].islower()


def phones(reading: Reading) -> Iterator[Entity]:
    """Yield the telephone numbers that exist by the numbering plans, as E.164; Lithuanian ones need no country code."""
    for match in islice(_PHONE.finditer(reading.folded), _MOST_PHONES):
        number = _e164(match.group())
        if number is not None:
            yield reading.entity(Kind.PHONE, match.start(), match.end(), number)


@lru_cache(maxsize=256)
def _e164(written: str) -> str | None:
    # Imported when first needed: reading the numbering plans takes longer than a message without a number.
    import phonenumbers

    digits = "".join(char for char in written if char in "+0123456789")
    if digits.startswith("370"):
        digits = f"+{digits}"
    try:
        number = phonenumbers.parse(digits, _REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
