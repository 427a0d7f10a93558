"""Days in a text: "2026-11-21", "lapkričio 21 d.", "11.21", "rytoj", "praėjusį antradienį", with their places.

All patterns look at the folded view, so they hold without diacritics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

WEEKDAY_STEMS = (
    "pirmadien",
    "antradien",
    "treciadien",
    "ketvirtadien",
    "penktadien",
    "sestadien",
    "sekmadien",
)
# Only the cases that stand before a day's number, so that "sausinti 3" is no third of January.
_MONTHS = (
    r"saus(?:io|i|is|\.)",
    r"vasar(?:io|i|is)|vas\.",
    r"kov(?:o|a|as)",
    r"balan(?:dzio|di|dis)|bal\.",
    r"geguz(?:es|e)|geg\.",
    r"birzel(?:io|i|is)|birz\.",
    r"liep(?:os|a)|liep\.",
    r"rugpju(?:cio|ti|tis)|rugp\.",
    r"rugsej(?:o|i|is)|rugs\.",
    r"spal(?:io|i|is|\.)",
    r"lapkri(?:cio|ti|tis)|lapkr\.",
    r"gruod(?:zio|i|is|\.)",
)
_MONTH = "(?:" + "|".join(f"(?P<m{number}>{forms})" for number, forms in enumerate(_MONTHS, start=1)) + ")"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_NUMBER = r"(?P<day>3[01]|[12][0-9]|0?[1-9])"
_MM, _DD = r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>3[01]|[12][0-9]|0[1-9])"
_DAY_WORD = r"(?:\s?-\s?[a-z]{2,5}\b|\s?d(?:\.|\b)|\s{1,2}dien(?:a|os|ai)\b)?"
_UNIT = r"(?!\s{0,3}(?:val|h\b|min|eur|€|%|proc|km|kg|m\b|ct|vnt|punkt|p\.|str\b|straipsn|:|\.[0-9]))"
_NO_DIGIT = r"(?![0-9])(?![-./,:][0-9])"
_ALONE = r"(?<![\w.,:/–-])"
_CALENDAR = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_ALONE}{_YEAR}\s?(?P<gap>[-–./])\s?(?P<month>1[0-2]|0?[1-9])\s?(?P=gap)\s?{_NUMBER}{_NO_DIGIT}{_DAY_WORD}",
        rf"{_ALONE}{_YEAR}(?:\s?m\.?)?\s{_MM}\s{_DD}{_NO_DIGIT}{_UNIT}{_DAY_WORD}",
        rf"{_ALONE}{_NUMBER}(?P<gap>[-./])(?P<month>1[0-2]|0?[1-9])(?P=gap){_YEAR}{_NO_DIGIT}",
        rf"(?:\b{_YEAR}(?:\s?m\.?|\s?met[au]\w?)?\s{{1,2}})?\b{_MONTH}\s{{0,2}}(?:men(?:\.|esio|esi)?\s{{0,2}})?"
        rf"(?<![a-z]){_NUMBER}(?![0-9])(?![.:,][0-9]){_UNIT}{_DAY_WORD}",
        rf"{_ALONE}{_NUMBER}(?:\s?d\.?|-[a-z]{{2,5}})?\s{{1,2}}{_MONTH}(?<=\w)\b(?!\s[0-9])",
        # "nuo 10-12", "10-12 val." are hours and no date.
        rf"(?<!nuo )(?<!tarp )(?<![0-9] ){_ALONE}{_MM}-{_DD}{_NO_DIGIT}{_UNIT}{_DAY_WORD}",
        # "10.15" is an hour: a day that is also a full five minutes needs its "d.".
        rf"(?<!nuo )(?<!tarp )(?<!iki )(?<!po )(?<!apie )(?<!val )(?<!nr )(?<!nr\. )(?<!p\. )(?<![0-9] ){_ALONE}{_MM}\."
        rf"(?:{_DD}{_NO_DIGIT}{_UNIT}(?:(?<![05])(?:\s?d(?:\.|\b))?|\s?d(?:\.|\b)))",
    )
)
_RELATIVE = re.compile(
    r"\b(?:(?P<m2>uzvakar)|(?P<m1>vakar)|(?P<p0>siand(?:ien(?:a|os|ai)?|iena)?)"
    r"|(?P<p2>poryt(?:oj|ojaus|diena|dienos)?|po ryt(?:oj|ojaus)?)|(?P<p1>ryt(?:oj|ojaus|ojui|diena|dienos|dienai)?))\b"
)
_AHEAD = {"m2": -2, "m1": -1, "p0": 0, "p1": 1, "p2": 2}
_WEEKDAY = re.compile(
    r"(?:\b(?:(?P<last>praeju\w{2,5}|praeit(?:a|o|os)|pereit(?:a|o|os))|(?P<next>kit(?:a|o|os|am)|ateinan\w{2,4}(?=\s{1,2}savait))"
    r"|(?P<this>si|sio|sios|sia|ateinan\w{2,4}|artimiaus\w{1,4}))\s{1,2}(?P<week>savait\w{1,3}\s{1,2})?)?"
    rf"\b(?:{'|'.join(f'(?P<w{number}>{stem})' for number, stem in enumerate(WEEKDAY_STEMS))})\w*"
    r"(?:\s{1,2}(?:(?P<last_week>praeju\w{2,5}|praeit[ao]|pereit[ao])|(?P<next_week>kit[ao]))\s{1,2}savait\w{1,3})?"
)
_YEARS_TO_A_LEAP_YEAR = 9


class Lean(Enum):
    """Which year is meant when none is named."""

    COMING = "coming"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day and where the folded text names it; `settled` is false for a bare weekday, given as the coming one."""

    day: date
    start: int
    end: int
    settled: bool = True


def calendar_days(folded: str, today: date, lean: Lean) -> Iterator[DayMention]:
    """Yield the dates of the calendar that a folded text names."""
    taken: list[tuple[int, int]] = []
    for match in (match for pattern in _CALENDAR for match in pattern.finditer(folded)):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        day = _dated(match, today, lean)
        if day is not None:
            taken.append(match.span())
            yield DayMention(day, *match.span())


def relative_days(folded: str, today: date) -> Iterator[DayMention]:
    """Yield the days that a folded text counts from today: "vakar", "rytoj", "poryt"."""
    for match in _RELATIVE.finditer(folded):
        yield DayMention(today + timedelta(days=_AHEAD[str(match.lastgroup)]), *match.span())


def weekdays(folded: str, today: date) -> Iterator[DayMention]:
    """Yield the weekdays that a folded text names.

    "kitą" is the one of the next calendar week, "praėjusį" the last one before today, any other the coming one.
    """
    for match in _WEEKDAY.finditer(folded):
        number = next(number for number in range(7) if match[f"w{number}"])
        ahead = (number - today.weekday()) % 7
        in_this_week = number - today.weekday()
        if match["next"] or match["next_week"]:
            ahead = in_this_week + 7
        elif match["last_week"] or (match["last"] and match["week"]):
            ahead = in_this_week - 7
        elif match["last"]:
            ahead = ahead - 7
        elif match["this"] and match["week"]:
            ahead = in_this_week
        settled = any(match[name] for name in ("last", "next", "this", "last_week", "next_week"))
        yield DayMention(today + timedelta(days=ahead), *match.span(), settled)


def _dated(match: re.Match[str], today: date, lean: Lean) -> date | None:
    named = match.groupdict()
    month = int(named["month"]) if named.get("month") else _month(named)
    year = int(named["year"]) if named.get("year") else None
    return chosen_day(month, int(named["day"]), year, today, lean)


def _month(named: dict[str, str | None]) -> int:
    return next(number for number in range(1, 13) if named[f"m{number}"])


def chosen_day(month: int, day: int, year: int | None, today: date, lean: Lean) -> date | None:
    """Return the date; without a year the coming or nearest one; None when there is none such."""
    if year is not None:
        return next(_valid((year,), month, day), None)
    near = range(today.year - _YEARS_TO_A_LEAP_YEAR, today.year + _YEARS_TO_A_LEAP_YEAR)
    candidates = _valid(near, month, day)
    if lean is Lean.COMING:
        return next((candidate for candidate in candidates if candidate >= today), None)
    return min(candidates, key=lambda candidate: abs(candidate - today), default=None)


def _valid(years: Iterable[int], month: int, day: int) -> Iterator[date]:
    for year in years:
        try:
            yield date(year, month, day)
        except ValueError:
            continue
