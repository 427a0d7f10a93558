"""Registration numbers of cases: "TR-2026-000123", also "tr 2026 000123" and "TR – 2026 – 123"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.case_prefix import REFUSED
from bot.nlu.entities.entity import Entity, Kind, Reading

RUNNING_DIGITS = 6
_DASH = "[-‐‒–—−]"
_WIDE_DASH = rf"\s{{0,2}}{_DASH}\s{{0,2}}"
_YEAR = r"(20[0-9]{2})"
# "TR-2026-11-21" is no number of a case but a date behind some letters.
_END = r"(?![0-9])(?!\s?[-–./][0-9])"
# Labels and prepositions that are no prefix of a register ("nr. 2026-000123"), and what else is none before a space.
_LABELS = frozenset("nr no nuo iki".split())
_FORMS = (
    (rf"(?<![\w-])([a-z]{{1,5}}){_DASH}{_YEAR}{_DASH}([0-9]{{1,8}}){_END}", _LABELS),
    (rf"(?<![\w-])([a-z]{{1,5}}){_WIDE_DASH}{_YEAR}{_WIDE_DASH}([0-9]{{3,8}}){_END}", REFUSED),
    (rf"(?<![\w-])([a-z]{{1,5}})\s{{0,2}}{_YEAR}(?:\s{{0,2}}|{_DASH})([0-9]{{3,{RUNNING_DIGITS}}}){_END}", REFUSED),
)
_PATTERNS = tuple((re.compile(pattern), no_prefix) for pattern, no_prefix in _FORMS)


def registration_numbers(reading: Reading) -> Iterator[Entity]:
    """Yield the numbers with the prefix in capitals and the running number filled up to six digits."""
    for pattern, no_prefix in _PATTERNS:
        for match in pattern.finditer(reading.folded):
            prefix, year, number = match.groups()
            written = reading.written(match.start(1), match.end(1))
            # Without a dash before the year only capitals, or all the digits, tell a number from "kovas 2026 100 Eur".
            dashed = reading.folded[match.end(1) : match.start(2)].strip()
            if prefix in no_prefix or not (dashed or written.isupper() or len(number) == RUNNING_DIGITS):
                continue
            value = f"{written.upper()}-{year}-{number.zfill(RUNNING_DIGITS)}"
            yield reading.entity(Kind.REGISTRATION_NUMBER, match.start(), match.end(), value)
