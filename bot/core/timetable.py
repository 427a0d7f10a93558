"""The mobile library's weekly timetable: which stop is meant, and when the bus comes next."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.core.catalogue import Stop
from bot.core.place_names import fold, matches_inflected

WEEKDAYS = (
    "pirmadienis",
    "antradienis",
    "trečiadienis",
    "ketvirtadienis",
    "penktadienis",
    "šeštadienis",
    "sekmadienis",
)
"""Weekday names in the nominative, Monday first: the index is `date.weekday()`."""

_VISIT = re.compile(r"\s*(\d{1,2})[.:](\d{2})\s*[-–—]\s*(\d{1,2})[.:](\d{2})\s*")


@dataclass(frozen=True, slots=True)
class Visit:
    """The span of a visit, local time."""

    start: time
    end: time


def weekday_number(name: str) -> int | None:
    """0 for "pirmadienis" … 6 for "sekmadienis", diacritics and case aside; None when it is no weekday."""
    folded = fold(name).strip()
    return next((number for number, known in enumerate(WEEKDAYS) if fold(known) == folded), None)


def parse_visit(text: str) -> Visit | None:
    """The span that "9.30–11.00" names; None when it is none or ends before it starts."""
    match = _VISIT.fullmatch(text)
    if match is None:
        return None
    hour, minute, end_hour, end_minute = map(int, match.groups())
    if max(hour, end_hour) > 23 or max(minute, end_minute) > 59:
        return None
    visit = Visit(time(hour, minute), time(end_hour, end_minute))
    return visit if visit.start < visit.end else None


def find_stop(name_candidates: Iterable[str], stops: Iterable[Stop]) -> Stop | None:
    """The stop that a candidate names in some case; a nominative counts before an inflected name."""
    candidates, places = tuple(name_candidates), tuple(stops)
    written = {fold(candidate) for candidate in candidates}
    exact = (stop for stop in places if fold(stop.settlement) in written)
    inflected = (stop for name in candidates for stop in places if matches_inflected(stop.settlement, name))
    return next(exact, None) or next(inflected, None)


def next_visit(stop: Stop, now_local: datetime) -> date:
    """The date of the next visit; today counts only while its end lies ahead.

    Raises `ValueError` when the stop's weekday or time is not one (a validated pack has none such).
    """
    weekday, visit = weekday_number(stop.weekday), parse_visit(stop.time)
    if weekday is None or visit is None:
        raise ValueError(f"stop {stop.settlement}: {stop.weekday} {stop.time}")
    today = now_local.date()
    ahead = (weekday - today.weekday()) % 7
    if ahead == 0 and now_local.time().replace(tzinfo=None) >= visit.end:
        ahead = 7
    return today + timedelta(days=ahead)


def by_weekday(stops: Iterable[Stop]) -> tuple[tuple[str, tuple[Stop, ...]], ...]:
    """The stops by weekday, Monday first, each day's in order of time; days without a stop are left out."""
    places = tuple(stops)
    days: list[tuple[str, tuple[Stop, ...]]] = []
    for number, name in enumerate(WEEKDAYS):
        of_day = sorted((stop for stop in places if weekday_number(stop.weekday) == number), key=_start)
        if of_day:
            days.append((name, tuple(of_day)))
    return tuple(days)


def _start(stop: Stop) -> time:
    visit = parse_visit(stop.time)
    return visit.start if visit else time.max
