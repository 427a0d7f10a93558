"""Public holidays and working days of Lithuania, from the `holidays` library."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays


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
