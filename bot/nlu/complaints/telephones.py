"""A telephone number in a message, and what only looks like one: too short, or of no numbering plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from bot.nlu.entities.contacts import phones
from bot.nlu.entities.entity import Reading
from bot.nlu.entities.registration import registration_numbers

TOO_SHORT, INVALID = "phone_too_short", "phone_invalid"
# Digits with at most two marks between them: each is looked at once.
_DIGITS = re.compile(r"(?<![\w.@])(?:\+|\(\+?)?[0-9](?:[ ()./–-]{0,2}[0-9]){3,19}(?![\w@])")
_DATE = re.compile(r"(?:19|20)[0-9]{2}[-. /][0-9]{1,2}[-. /][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:19|20)[0-9]{2}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_REGION = "LT"
_MOST = 8


@dataclass(frozen=True, slots=True)
class Number:
    """A number that holds (`phone`, E.164), or one that does not (`rejected`, with its fault)."""

    span: tuple[int, int]
    phone: str | None = None
    fault: str | None = None
    rejected: str | None = None


def number_in(reading: Reading, taken: Iterable[tuple[int, int]]) -> Number | None:
    """Return the first number that holds, else the first attempt at one; nothing inside the places `taken`."""
    places = [*taken, *((found.start, found.end) for found in registration_numbers(reading))]
    for found in phones(reading):
        if not _is_taken(found.start, found.end, places):
            return Number((found.start, found.end), found.value)
    tried = list(islice(_attempts(reading, places), _MOST))
    return next((number for number in tried if number.phone), next(iter(tried), None))


def _attempts(reading: Reading, taken: list[tuple[int, int]]) -> Iterator[Number]:
    for match in _DIGITS.finditer(reading.text):
        if (
            not _is_taken(*match.span(), taken)
            and not _DATE.match(match.group())
            and not _YEAR.fullmatch(match.group())
        ):
            yield _judged(match.group(), match.span())


def _judged(written: str, span: tuple[int, int]) -> Number:
    # Imported when first needed: reading the numbering plans takes longer than a message without a number.
    import phonenumbers

    digits = "".join(char for char in written if char in "+0123456789")
    try:
        number = phonenumbers.parse(f"+{digits}" if digits.startswith("370") else digits, _REGION)
    except phonenumbers.NumberParseException as error:
        short = error.error_type == phonenumbers.NumberParseException.TOO_SHORT_NSN
        return Number(span, None, TOO_SHORT if short else INVALID, written)
    if phonenumbers.is_valid_number(number):
        return Number(span, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    reason = phonenumbers.is_possible_number_with_reason(number)
    short = reason in {phonenumbers.ValidationResult.TOO_SHORT, phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY}
    return Number(span, None, TOO_SHORT if short else INVALID, written)


def _is_taken(start: int, end: int, places: list[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in places)
