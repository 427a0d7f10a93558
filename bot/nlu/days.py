"""Days that a resident names: "šiandien", "rytoj", "šeštadienį", with or without diacritics."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.nlu.normalise import fold

_WEEKDAY_STEMS = (
    "pirmadien",
    "antradien",
    "treciadien",
    "ketvirtadien",
    "penktadien",
    "sestadien",
    "sekmadien",
)
_RELATIVE = (("poryt", 2), ("rytoj", 1), ("ryt", 1), ("siandien", 0), ("siand", 0))
_MONTH_STEMS = (
    *("sausi", "vasari", "kovo", "balandzi", "geguz", "birzeli"),
    *("liepos", "rugpju", "rugsej", "spali", "lapkri", "gruodz"),
)
_MONTH_DAY = re.compile(rf"\b({'|'.join(_MONTH_STEMS)})\w*\s+(\d{{1,2}})(?!\d|[.:]\d)")
_ISO_DAY = re.compile(r"\b(?:(20\d{2})[-.])?(\d{2})-(\d{2})\b")
_NOW = re.compile(r"\b(?:dabar|siuo metu|jau atsidare|dar dirba)\b")
_WEEKEND = re.compile(r"\b(?:savaitgal|iseigin)")


def asks_about_now(text: str) -> bool:
    """Tell whether the text asks about this moment."""
    return _NOW.search(fold(text)) is not None


def named_days(text: str, today: date) -> tuple[date, ...]:
    """Return the days that the text names, the nearest such weekday from today on; a weekend is two days."""
    folded = fold(text)
    if dates := _dates(folded, today):
        return dates
    for stem, ahead in _RELATIVE:
        if re.search(rf"\b{stem}(?:oj|ojaus|iena|ienos)?\b", folded):
            return (today + timedelta(days=ahead),)
    days = [_next(weekday, today) for weekday, stem in enumerate(_WEEKDAY_STEMS) if stem in folded]
    if not days and _WEEKEND.search(folded):
        days = [_next(5, today), _next(6, today)]
    return tuple(sorted(days))


def _dates(folded: str, today: date) -> tuple[date, ...]:
    """Return the calendar dates that the text names ("vasario 16", "12-24"), each the next such day from today on."""
    named: list[tuple[int, int, int | None]] = [
        (_MONTH_STEMS.index(month) + 1, int(day), None) for month, day in _MONTH_DAY.findall(folded)
    ]
    named += [(int(month), int(day), int(year) if year else None) for year, month, day in _ISO_DAY.findall(folded)]
    found = (_coming(month, day, year, today) for month, day, year in named)
    return tuple(sorted(day for day in found if day is not None))


def _coming(month: int, day: int, year: int | None, today: date) -> date | None:
    for candidate in (year,) if year else (today.year, today.year + 1):
        try:
            coming = date(candidate, month, day)
        except ValueError:
            continue
        if year or coming >= today:
            return coming
    return None


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7)
