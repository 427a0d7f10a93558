"""The day on which something happened, as a resident tells it; in a complaint days lie behind, not ahead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from bot.nlu.complaints.phrasebook import patterns
from bot.nlu.complaints.when_numbers import impossible_dates, spoken_dates
from bot.nlu.entities.dates import DayMention, Lean, calendar_days, relative_days, weekdays
from bot.nlu.entities.entity import Reading

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEAR_BEHIND = re.compile(r"[ ,]{1,2}((?:19|20)[0-9]{2})(?![0-9.:-])")
_STREET_BEHIND = re.compile(r"(?:-\w{1,6})? ?(?:g\.|gatv)")
_LEAP_CYCLE = 9
"""Years among which one has a 29th of February, also round 1900 and 2100."""
_TODAY = re.compile(
    r"\b(?:ka tik|dabar|siryt|sianakt|sivakar|si(?:a)? (?:ryta|vakara|nakti)|pries (?:\w+ )?valand\w*)\b"
)
_AGO = re.compile(
    r"\bpries (?:(?P<count>[0-9]{1,2}|vien|dvi|tris|keturi|penki|sesi|septyni|astuoni|devyni|desimt)"
    r"(?:as|a|us|es|ias)? )?"
    r"(?P<unit>dien(?:a|as|u)|savait(?:e|es)|sav\.?)(?![a-z])"
)
_COUNTS = ("", "vien", "dvi", "tris", "keturi", "penki", "sesi", "septyni", "astuoni", "devyni", "desimt")
_THREE_DAYS_AGO = re.compile(r"\buzuzvakar\b")
_EVERY = "kas "
_WEEKLY = re.compile(r"iai(?:s)?$")
_ABOUT = re.compile(r"\b(?:mazdaug|apytiksl\w*|apytikr\w*|kazkur|kokia\w*|koki\w*|daugiau nei|daugiau kaip|beveik)\s*$")
_LOOK_BEHIND = 16


class Problem(Enum):
    """Why a day cannot be taken as it was told."""

    IMPOSSIBLE = "impossible"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Told:
    """What was told: `day` is None for a time without a day ("rugsėjį") and for a day that does not exist."""

    day: date | None
    text: str
    """The words that tell the time, as typed."""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    day: date | None
    problem: Problem | None = None


def when_in(text: str, today: date) -> Told | None:
    """Return the first day of the text that may be meant, else the first time without a day; None for neither."""
    reading = Reading(text)
    found = sorted(_exact(reading.folded, today), key=lambda mention: mention.start)
    best = next((mention for mention in found if mention.problem is None), None)
    vague = next(_vague(reading.folded, today), None)
    # A story may name a later day in passing; one that only names such a day is asked about it.
    chosen = best or next(iter(found), None) or vague
    if chosen is None:
        return None
    return Told(chosen.day, reading.written(chosen.start, chosen.end).strip(), chosen.problem)


def _exact(folded: str, today: date) -> Iterator[_Found]:
    dated = [
        _behind(folded, mention, today)
        for mention in calendar_days(folded, today, Lean.COMING)
        # "Kovo 11-osios gatvėje" is a place.
        if _STREET_BEHIND.match(folded, mention.end) is None
    ]
    yield from dated
    taken = [(mention.start, mention.end) for mention in dated]
    for start, end, day in spoken_dates(folded, today):
        if not _overlaps(start, end, taken):
            yield _judged(start, end, day, today)
    for start, end in impossible_dates(folded):
        if not _overlaps(start, end, taken):
            yield _Found(start, end, None, Problem.IMPOSSIBLE)
    yield from (_judged(mention.start, mention.end, mention.day, today) for mention in relative_days(folded, today))
    yield from (_weekday(folded, mention, today) for mention in weekdays(folded, today))
    yield from _counted(folded, today)


def _counted(folded: str, today: date) -> Iterator[_Found]:
    for pattern, days in ((_TODAY, 0), (_THREE_DAYS_AGO, 3)):
        yield from (_Found(*match.span(), today - timedelta(days=days)) for match in pattern.finditer(folded))
    for match in _AGO.finditer(folded):
        if _ABOUT.search(folded[max(0, match.start() - _LOOK_BEHIND) : match.start()]):
            continue
        unit = 1 if match["unit"].startswith("dien") else 7
        yield _Found(*match.span(), today - timedelta(days=unit * _count(match["count"])))


def _count(written: str | None) -> int:
    if written is None:
        return 1
    return int(written) if written.isdigit() else _COUNTS.index(written)


def _judged(start: int, end: int, day: date, today: date) -> _Found:
    return _Found(start, end, day, Problem.FUTURE if day > today else None)


def _behind(folded: str, mention: DayMention, today: date) -> _Found:
    """A date without a year is the last such one; with a year it is what it is."""
    if _YEAR.search(folded[mention.start : mention.end]):
        return _judged(mention.start, mention.end, mention.day, today)
    if behind := _YEAR_BEHIND.match(folded, mention.end):
        named = next(_same_days(mention.day, (int(behind[1]),)), mention.day)
        return _judged(mention.start, behind.end(), named, today)
    years = range(today.year, today.year - _LEAP_CYCLE, -1)
    past = (day for day in _same_days(mention.day, years) if day <= today)
    return _judged(mention.start, mention.end, next(past, mention.day), today)


def _same_days(day: date, years: Iterable[int]) -> Iterator[date]:
    for year in years:
        try:
            yield day.replace(year=year)
        except ValueError:
            continue


def _weekday(folded: str, mention: DayMention, today: date) -> _Found:
    written = folded[mention.start : mention.end]
    if _WEEKLY.search(written):
        return _Found(mention.start, mention.end, None)
    if folded.startswith(_EVERY, mention.start - len(_EVERY)) and mention.start >= len(_EVERY):
        return _Found(mention.start - len(_EVERY), mention.end, None)
    ahead = written.startswith(("kit", "ateinan", "artimiaus")) or " kit" in written
    day = mention.day if ahead or mention.day <= today else mention.day - timedelta(days=7)
    return _judged(mention.start, mention.end, day, today)


def _vague(folded: str, today: date) -> Iterator[_Found]:
    known = patterns()
    for match in known["vague_time"].finditer(folded):
        year = _YEAR.search(match.group())
        ahead = known["vague_future"].match(folded, match.start()) or (year and int(year.group()) > today.year)
        problem = Problem.FUTURE if ahead else None
        yield _Found(*match.span(), None, problem)


def _overlaps(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)
