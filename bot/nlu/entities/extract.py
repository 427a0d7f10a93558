"""What a message names, whatever the municipality: contacts, registration numbers, days and streets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.nlu.entities.contacts import emails, phones
from bot.nlu.entities.dates import DayMention, Lean, calendar_days, relative_days, weekdays
from bot.nlu.entities.entity import Entity, Kind, Reading, without_overlaps
from bot.nlu.entities.registration import registration_numbers
from bot.nlu.entities.streets import is_street_name, streets

_BARE_NUMBERS = re.compile(r"[0-9]{2}[-.][0-9]{2}")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s{1,2}$")
_LONGEST_WORD = 30


def extract(text: str, today: date) -> tuple[Entity, ...]:
    """Return the entities of a message, in order and without overlaps; days count from `today`."""
    return without_overlaps(found_anywhere(Reading(text), today))


def found_anywhere(reading: Reading, today: date) -> Iterator[Entity]:
    """Yield all that may be an entity in any municipality; some may overlap."""
    yield from emails(reading)
    if any(char.isdigit() for char in reading.folded):
        yield from registration_numbers(reading)
        yield from phones(reading)
        yield from _dates(reading, today)
    yield from streets(reading)
    yield from (_day(reading, mention) for mention in relative_days(reading.folded, today))
    yield from (_day(reading, mention) for mention in weekdays(reading.folded, today))


def _dates(reading: Reading, today: date) -> Iterator[Entity]:
    for mention in calendar_days(reading.folded, today, Lean.NEAREST):
        if not _is_house(reading, mention):
            yield _day(reading, mention)


def _is_house(reading: Reading, mention: DayMention) -> bool:
    """Tell whether "12-24" stands behind a name and so is a house with its flat: "Birutės 12-24"."""
    if _BARE_NUMBERS.fullmatch(reading.folded, mention.start, mention.end) is None:
        return False
    word = _WORD_BEFORE.search(reading.folded, max(0, mention.start - _LONGEST_WORD), mention.start)
    return word is not None and (is_street_name(word.group(1)) or reading.is_name(word.start()))


def _day(reading: Reading, mention: DayMention) -> Entity:
    kind = Kind.DATE if mention.settled else Kind.DAY
    return reading.entity(kind, mention.start, mention.end, mention.day.isoformat())
