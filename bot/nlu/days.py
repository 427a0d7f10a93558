"""Days that a resident names: "šiandien", "rytoj", "šeštadienį", "vasario 16", "per Kalėdas", diacritics or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
# "nuo 10-12", "10-12 val." are hours and no date.
_ISO_DAY = re.compile(r"(?<!nuo )(?<!tarp )\b(?:(20\d{2})[-.])?(\d{2})-(\d{2})\b(?!\s*(?:val|h\b|:|\.\d))")
_FEASTS = (
    (re.compile(r"\bnauj\w* met"), ((1, 1),)),
    (re.compile(r"\bjonin|\bros(?:os|u|as) svent|\bper rasas"), ((6, 24),)),
    (re.compile(r"\bmindaugin|\bkaraliaus mindaugo"), ((7, 6),)),
    (re.compile(r"\bzolin"), ((8, 15),)),
    (re.compile(r"\bvisu svent"), ((11, 1),)),
    (re.compile(r"\bvelin"), ((11, 2),)),
    (re.compile(r"\bkuci(?:os|as|u|oms|omis|ose)\b"), ((12, 24),)),
    (re.compile(r"\bkaled(?:os|as|u|oms|omis|ose)\b"), ((12, 25), (12, 26))),
)
_NEXT_LEAP_YEAR_WITHIN = 9
_EASTER = re.compile(r"\bvelyk")
_NOW = re.compile(r"\b(?:dabar|siuo metu|jau atsidare|dar dirba)\b")
_WEEKEND = re.compile(r"\b(?:savaitgal|iseigin)")
# What a question about hours says besides the name of the place.
_ABOUT_TIME = re.compile(
    rf"\b(?:\d[\d.:–-]*|val|h|d|m|diena\w*|dieno\w*|(?:{'|'.join(_WEEKDAY_STEMS)})\w*"
    rf"|(?:{'|'.join(_MONTH_STEMS)})\w*|(?:po)?ryt\w*|rytais|ryte|vakar\w*|anksti\w*|velai|savaitgal\w*|iseigin\w*|sven[ct]\w*"
    r"|nauj\w* met\w*|jonin\w*|mindaugin\w*|zolin\w*|velin\w*|kuci\w*|kaled\w*|velyk\w*"
    r"|kel(?:iu|ias|inta|intos)|valand\w*|laik\w*|piet(?:us|u|aus)|pirm(?:a|os)|antr(?:a|os)|pertrauk\w*|metu|savait\w*"
    r"|dirb\w*|atsidar\w*|atidar\w*|uz(?:si)?dar\w*|veik\w*|priim\w*|prii?ma\w*|gyventoj\w*|interesant\w*|lankytoj\w*)\b"
)


def asks_about_now(text: str) -> bool:
    """Tell whether the text asks about this moment."""
    return _NOW.search(fold(text)) is not None


def named_days(text: str, today: date) -> tuple[date, ...]:
    """Return the days that the text names, the nearest such weekday from today on; a weekend is two days."""
    folded = fold(text)
    if dates := (*_dates(folded, today), *_feasts(folded, today)):
        return tuple(sorted(set(dates)))
    for stem, ahead in _RELATIVE:
        if re.search(rf"\b{stem}(?:oj|ojaus|iena|ienos)?\b", folded):
            return (today + timedelta(days=ahead),)
    days = [_next(weekday, today) for weekday, stem in enumerate(_WEEKDAY_STEMS) if stem in folded]
    if not days and _WEEKEND.search(folded):
        days = [_next(5, today), _next(6, today)]
    return tuple(sorted(days))


def without_time(text: str) -> str:
    """Return the folded text without its words about days and hours; a name of a place is left, if there is one."""
    return _ABOUT_TIME.sub(" ", fold(text))


def _dates(folded: str, today: date) -> Iterator[date]:
    """Yield the calendar dates that the text names ("vasario 16", "12-24"), each the next such day from today on."""
    named: list[tuple[int, int, int | None]] = [
        (_MONTH_STEMS.index(month) + 1, int(day), None) for month, day in _MONTH_DAY.findall(folded)
    ]
    named += [(int(month), int(day), int(year) if year else None) for year, month, day in _ISO_DAY.findall(folded)]
    found = (_coming(month, day, year, today) for month, day, year in named)
    return (day for day in found if day is not None)


def _feasts(folded: str, today: date) -> Iterator[date]:
    for pattern, days in _FEASTS:
        if pattern.search(folded):
            yield from (day for month, number in days if (day := _coming(month, number, None, today)) is not None)
    if _EASTER.search(folded):
        sunday = next(day for year in (today.year, today.year + 1) if (day := _easter(year)) >= today)
        yield from (sunday, sunday + timedelta(days=1))


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    golden, (leaps, over) = year % 19, divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - correction + 15) % 30
    weekday = (32 + 2 * over + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _coming(month: int, day: int, year: int | None, today: date) -> date | None:
    for candidate in (year,) if year else range(today.year, today.year + _NEXT_LEAP_YEAR_WITHIN):
        try:
            coming = date(candidate, month, day)
        except ValueError:
            continue
        if year or coming >= today:
            return coming
    return None


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7)
