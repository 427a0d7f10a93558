"""Days told in words or in other forms of number, and days that no calendar has ("2026-02-30")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = (
    *("sausi", "vasari", "kov", "balandzi", "geguz", "birzel"),
    *("liep", "rugpju", "rugsej", "spal", "lapkri", "gruodzi"),
)
_MONTH = (
    "(?:" + "|".join(f"(?P<m{number}>{stem})" for number, stem in enumerate(_MONTHS, start=1)) + r")(?:o|io|es|os|cio)"
)
_MEN = r"(?:\s(?:men\.?|menesi(?:o)?))?"
_UNITS = ("pirm", "antr", "treci", "ketvirt", "penkt", "sest", "septint", "astunt", "devint")
_TEENS = (
    *("desimt", "vienuolikt", "dvylikt", "trylikt", "keturiolikt", "penkiolikt"),
    *("sesiolikt", "septyniolikt", "astuoniolikt", "devyniolikt", "dvidesimt", "trisdesimt"),
)
_TEN_NUMBERS: tuple[int, ...] = (*range(10, 20), 20, 30)
_ENDING = r"(?:a|aja|os|oji|osios|oje)?"
_WORD = (
    rf"(?:(?P<tens>dvidesimt|trisdesimt)\s(?P<unit>{'|'.join(_UNITS)}){_ENDING}"
    rf"|(?P<alone>{'|'.join((*_UNITS, *_TEENS))}){_ENDING})(?![a-z])"
)
_SPOKEN = re.compile(rf"\b{_MONTH}{_MEN}\s{_WORD}(?:\sdien(?:a|os))?")
_IN_MONTH = re.compile(
    r"\b(?:sio|si|(?P<last>praej\w{2,5}|praeit\w|pereit\w)) men(?:esio|esi|\.)?\s"
    r"(?P<day>[12][0-9]|3[01]|0?[1-9])"
    r"(?![0-9.:])\s?(?:d\b\.?|diena|-\w{1,4})?"
)
_MEN_DAY = re.compile(
    r"(?:\b(?P<year>(?:19|20)[0-9]{2})\s?m\.?\s)?\b(?P<month>1[0-2]|0?[1-9])\s?men(?:\.|esi\w*)?\s?"
    r"(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9])\s?(?:d\b\.?|diena)"
)
# An answer that is nothing but a day of the month; in a story "5 d." may be how long something took.
_BARE_DAY = re.compile(
    r"\W*(?:buvo |gal |apie )?(?P<all>(?P<day>[12][0-9]|3[01]|0?[1-9])(?:\s?d\b\.?|-[a-z]{1,4}|\sdien(?:a|os)))\W*"
)
_SHORT_YEAR = re.compile(r"(?<![\w.,:/–-])(?P<year>[0-9]{2})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-9]{2})(?![\w:-])")
_ALONE = r"(?<![\w.,:/–-])"
_NUMERIC = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_ALONE}(?P<year>(?:19|20)[0-9]{{2}})\s?[-–./]\s?(?P<month>[0-9]{{1,2}})\s?[-–./]\s?(?P<day>[0-9]{{1,2}})(?![0-9])(?![-./][0-9])",
        rf"{_ALONE}(?P<year>(?:19|20)[0-9]{{2}})(?:\s?m\.?)?\s(?P<month>[0-9]{{2}})\s(?P<day>[0-9]{{2}})(?!\s?[0-9])",
        rf"{_ALONE}(?P<day>[0-9]{{1,2}})[-./](?P<month>[0-9]{{1,2}})[-./](?P<year>(?:19|20)[0-9]{{2}})(?![0-9])",
        rf"(?:\b(?P<year>(?:19|20)[0-9]{{2}})(?:\s?m\.?|\smet\w{{1,2}})?\s)?\b{_MONTH}{_MEN}\s{{0,2}}(?P<day>[0-9]{{1,2}})"
        r"(?![0-9])(?![.:,][0-9])(?!\s?(?:val|h\b|min|eur|€|%|km|kg|nam|but|gatv|g\b|-(?!\w{1,4}\b)))",
        rf"{_ALONE}(?P<day>3[0-9]|[4-9][0-9])\s{_MONTH}(?![a-z])",
        # Without a year only a month that exists tells a date from hours and sizes.
        rf"(?<!nuo )(?<!tarp ){_ALONE}(?P<month>0[1-9]|1[0-2])-(?P<day>3[0-9])"
        r"(?![0-9])(?![-./:][0-9])(?!\s?(?:val|h\b))",
    )
)
_ANY_LEAP_YEAR = 2028
_LEAP_CYCLE = 9
"""Years among which one has a 29th of February, also round 1900 and 2100."""


def spoken_dates(folded: str, today: date) -> Iterator[tuple[int, int, date]]:
    """Yield (start, end, day) for "rugsėjo penktą", "11 mėn. 5 d." and "praėjusio mėnesio 12 d."; none lies ahead."""
    for match in _SPOKEN.finditer(folded):
        yield from _dated(match, None, _month(match), _spoken_number(match), today)
    for match in _MEN_DAY.finditer(folded):
        yield from _dated(match, match["year"], int(match["month"]), int(match["day"]), today)
    for match in _SHORT_YEAR.finditer(folded):
        yield from _dated(match, f"20{match['year']}", int(match["month"]), int(match["day"]), today)
    if bare := _BARE_DAY.fullmatch(folded):
        yield from _last_such_day(bare, today)
    for match in _IN_MONTH.finditer(folded):
        back = 1 if match["last"] else 0
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        yield from _dated(match, str(year), month + 1, int(match["day"]), today)


def impossible_dates(folded: str) -> Iterator[tuple[int, int]]:
    """Yield the places of dates whose month or day does not exist."""
    for pattern in _NUMERIC:
        for match in pattern.finditer(folded):
            named = match.groupdict()
            month = int(named["month"]) if named.get("month") else _month(match)
            year = int(named["year"]) if named.get("year") else _ANY_LEAP_YEAR
            if _valid(year, month, int(match["day"])) is None:
                yield match.span()
    for match in _SPOKEN.finditer(folded):
        if _valid(_ANY_LEAP_YEAR, _month(match), _spoken_number(match)) is None:
            yield match.span()


def _dated(
    match: re.Match[str], year: str | None, month: int, day: int, today: date
) -> Iterator[tuple[int, int, date]]:
    years = [int(year)] if year else range(today.year, today.year - _LEAP_CYCLE, -1)
    candidates = (_valid(number, month, day) for number in years)
    found = next((day for day in candidates if day is not None and (year or day <= today)), None)
    if found is not None:
        yield (*match.span(), found)


def _last_such_day(match: re.Match[str], today: date) -> Iterator[tuple[int, int, date]]:
    for back in range(3):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        day = _valid(year, month + 1, int(match["day"]))
        if day is not None and day <= today:
            yield (*match.span("all"), day)
            return


def _month(match: re.Match[str]) -> int:
    return next(number for number in range(1, 13) if match[f"m{number}"])


def _spoken_number(match: re.Match[str]) -> int:
    alone, tens, unit = (str(match[name] or "") for name in ("alone", "tens", "unit"))
    if alone in _UNITS:
        return _UNITS.index(alone) + 1
    if alone:
        return _TEN_NUMBERS[_TEENS.index(alone)]
    return (20 if tens.startswith("dvi") else 30) + _UNITS.index(unit) + 1


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
