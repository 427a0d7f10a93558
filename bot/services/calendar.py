"""Public holidays and working days of Lithuania, from the `holidays` library."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import holidays

from bot.core.catalogue import Closure
from bot.core.working_days import Rest, RestDays, RestKind

_WEEKEND = Rest(RestKind.WEEKEND, None)


@lru_cache(maxsize=32)
def _year(year: int) -> holidays.HolidayBase:
    # Without `language` the names come out in English (design.md, measured facts).
    return holidays.country_holidays("LT", years=year, language="lt")


def holiday_name(day: date) -> str | None:
    """Return the holiday's Lithuanian name, or None on an ordinary day."""
    return _year(day.year).get(day)


def is_holiday(day: date) -> bool:
    """Tell whether the day is a public holiday; weekends are not."""
    return day in _year(day.year)


def rest_days(closures: Sequence[Closure]) -> RestDays:
    """Return what tells why a day is no working day: holiday, weekend, or one of these closures.

    A day that would be free anyway is not put down to a closure.
    """
    known = tuple(closures)

    def rest(day: date) -> Rest | None:
        if name := holiday_name(day):
            return Rest(RestKind.HOLIDAY, name)
        if day.weekday() >= 5:
            return _WEEKEND
        reason = next((closure.reason for closure in known if closure.start <= day <= closure.end), None)
        return Rest(RestKind.CLOSURE, reason) if reason is not None else None

    return rest
