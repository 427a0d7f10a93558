"""Days that a resident names: "šiandien", "rytoj", "šeštadienį", "vasario 16", "per Kalėdas", diacritics or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.nlu.entities.dates import WEEKDAY_STEMS, Lean, calendar_days, chosen_day, relative_days, weekdays
from bot.nlu.normalise import fold

_MONTH_STEMS = (
    *("sausi", "vasari", "kovo", "balandzi", "geguz", "birzeli"),
    *("liepos", "rugpju", "rugsej", "spali", "lapkri", "gruodz"),
)
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
_EASTER = re.compile(r"\bvelyk")
_NOW = re.compile(r"\b(?:dabar|siuo metu|jau atsidare|dar dirba)\b")
_WEEKEND = re.compile(r"\b(?:savaitgal|iseigin)")
# What a question about hours says besides the name of the place.
_ABOUT_TIME = re.compile(
    rf"\b(?:\d[\d.:–-]*|val|h|d|m|diena\w*|dieno\w*|(?:{'|'.join(WEEKDAY_STEMS)})\w*"
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
    dates = [mention.day for mention in calendar_days(folded, today, Lean.COMING)]
    days = dates + list(_feasts(folded, today)) or [mention.day for mention in relative_days(folded, today)]
    if not days:
        days = [mention.day for mention in weekdays(folded, today)]
    if not days and _WEEKEND.search(folded):
        days = [_next(5, today), _next(6, today)]
    return tuple(sorted(set(days)))


def without_time(text: str) -> str:
    """Return the folded text without its words about days and hours; a name of a place is left, if there is one."""
    return _ABOUT_TIME.sub(" ", fold(text))


def _feasts(folded: str, today: date) -> Iterator[date]:
    for pattern, days in _FEASTS:
        if pattern.search(folded):
            yield from (day for month, number in days if (day := chosen_day(month, number, None, today, Lean.COMING)))
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


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7)
