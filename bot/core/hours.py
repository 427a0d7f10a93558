"""Office hours, read from the words in which Lithuanian institutions publish them.

Understood: "I–IV 8.00–17.00, V 8.00–15.45, pietų pertrauka 12.00–12.45", "I–V 8–12 ir 13–17 val.",
"Antradienį–ketvirtadienį 9–18 val., šeštadienį nedirba", "kasdien visą parą".  Anything else is None: a wrong
answer to "is it open" is worse than none.  That the day before a public holiday is an hour shorter (DK 112
str. 6 d.) is not assumed: the article is about employees' time, not about when the door is open.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from bot.core.place_names import fold

DAY_MINUTES = 24 * 60
_SEARCH_DAYS = 14


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A span of one day in minutes after midnight, the end not included (1440 = midnight)."""

    start: int
    end: int

    def __str__(self) -> str:
        """The span as it is printed in Lithuanian: "8.00–17.00"."""
        return f"{_clock(self.start)}–{_clock(self.end)}"


ALL_DAY = Interval(0, DAY_MINUTES)


@dataclass(frozen=True, slots=True)
class WeekHours:
    """For each weekday, Monday first, the intervals in which the door is open, in order; none when closed."""

    days: tuple[tuple[Interval, ...], ...]


def parse_hours(text: str) -> WeekHours | None:
    """The hours that the text names; None when any part of it is not understood or contradicts another."""
    try:
        return _Reader(_tokens(text)).week()
    except _NotUnderstoodError:
        return None


def opening_on(hours: WeekHours, day: date) -> tuple[Interval, ...]:
    """The intervals of an ordinary day (whether it is a public holiday is the caller's to know)."""
    return hours.days[day.weekday()]


def opens_on_weekdays(hours: WeekHours) -> bool:
    """Whether the door is open at all from Monday to Friday."""
    return any(hours.days[:5])


def is_open(hours: WeekHours, local: datetime, is_holiday: bool) -> bool:
    """Whether the door is open at this local time; on a public holiday only what never closes is open."""
    if is_holiday and not _never_closes(hours):
        return False
    minute = local.hour * 60 + local.minute
    return any(span.start <= minute < span.end for span in opening_on(hours, local.date()))


def next_opening(hours: WeekHours, local: datetime, is_rest_day: Callable[[date], bool]) -> datetime | None:
    """The first opening after `local` within 14 days; None when there is none.

    `is_rest_day` is to know public holidays only: the weekly rest days are in the hours themselves.
    """
    for day in (local.date() + timedelta(days=ahead) for ahead in range(_SEARCH_DAYS + 1)):
        if is_rest_day(day) and not _never_closes(hours):
            continue
        for span in opening_on(hours, day):
            opens = datetime.combine(day, time(*divmod(span.start, 60)), tzinfo=local.tzinfo)
            if opens > local:
                return opens
    return None


def _never_closes(hours: WeekHours) -> bool:
    return all(day == (ALL_DAY,) for day in hours.days)


def _clock(minute: int) -> str:
    return f"{minute // 60}.{minute % 60:02}"


class _NotUnderstoodError(Exception):
    """The text says something that is not a schedule known here."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of the schedule: `value` is a weekday (0–6) or minutes, 0 where the kind says it all."""

    kind: str
    value: int = 0


_ROMAN = {"i": 0, "ii": 1, "iii": 2, "iv": 3, "v": 4, "vi": 5, "vii": 6}
_DAY_STEMS = ("pirmadien", "antradien", "treciadien", "ketvirtadien", "penktadien", "sestadien", "sekmadien")
_DAY_SHORT = {"pr": 0, "an": 1, "tr": 2, "kt": 3, "pn": 4, "st": 5, "sk": 6}
_DAY_ENDING = r"(?:is|io|iui|i|iu|yje|iai|iams|ius|iais|iuose)\b"
# Order matters: "visa para" before single words; nothing between two matches may be left over.
_TOKEN = re.compile(
    r"\s*(?:"
    r"(?P<allday>visa para)"
    r"|(?P<nobreak>be (?:pietu )?(?:pertraukos|pietu))"
    r"|(?P<break>pietu pertrauka|pertrauka|pietus|pietu)"
    r"|(?P<closed>nedirba(?:me)?|uzdaryta|nedarbo dien[ao]s?|poilsio dien[ao]s?)"
    r"|(?P<workdays>darbo dien(?:omis|os))"
    r"|(?P<everyday>kasdien)"
    rf"|(?P<day>(?:{'|'.join(_DAY_STEMS)}){_DAY_ENDING})"
    r"|(?P<roman>vii|vi|v|iv|iii|ii|i)(?![a-z])"
    r"|(?P<short>(?:pr|an|tr|kt|pn|st|sk)\b\.?)"
    r"|(?P<time>\d{1,2}(?:[.:]\d{2})?)(?!\d|[.:]\d)"
    r"|(?P<noise>val\b\.?|h\b|nuo\b|darbo laikas\s*:?)"
    r"|(?P<to>iki\b|[-–—])"
    r"|(?P<and>ir\b|bei\b)"
    r"|(?P<sep>[,;()])"
    r"|(?P<colon>:)"
    r")"
)


def _tokens(text: str) -> list[_Token]:
    folded = fold(text).strip().rstrip(".").rstrip()
    found: list[_Token] = []
    at = 0
    while at < len(folded):
        match = _TOKEN.match(folded, at)
        if match is None:
            raise _NotUnderstoodError(folded[at:])
        found.extend(_token(match))
        at = match.end()
    return found


def _token(match: re.Match[str]) -> Iterator[_Token]:
    kind, word = match.lastgroup or "", match.group().strip().rstrip(".")
    if kind == "day":
        yield _Token("day", next(n for n, stem in enumerate(_DAY_STEMS) if word.startswith(stem)))
    elif kind in {"roman", "short"}:
        yield _Token("day", _ROMAN[word] if kind == "roman" else _DAY_SHORT[word])
    elif kind == "time":
        yield _Token("time", _minutes(word))
    elif kind in {"workdays", "everyday"}:
        yield from (_Token("day", 0), _Token("to"), _Token("day", 4 if kind == "workdays" else 6))
    elif kind in {"and", "sep"}:
        yield _Token("sep")
    elif kind not in {"noise", "colon", "nobreak"}:
        yield _Token(kind)


def _minutes(word: str) -> int:
    hour, _, minute = word.replace(":", ".").partition(".")
    total = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or total > DAY_MINUTES:
        raise _NotUnderstoodError(word)
    return total


class _Reader:
    """A recursive-descent reader of one schedule; raises `_NotUnderstoodError`."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def week(self) -> WeekHours:
        """The whole schedule: groups of days with their times, then at most one break for all of them."""
        days: dict[int, tuple[Interval, ...]] = {}
        pause: Interval | None = None
        self._skip_separators()
        if self._kinds() == ["allday"]:
            return WeekHours(((ALL_DAY,),) * 7)
        while self._peek():
            if pause is not None:
                raise _NotUnderstoodError("text after the break")
            if self._take("break"):
                pause = self._interval()
            else:
                self._group(days)
            self._skip_separators()
        if not any(days.values()):
            raise _NotUnderstoodError("no opening times")
        return WeekHours(tuple(_without(days.get(day, ()), pause) for day in range(7)))

    def _group(self, days: dict[int, tuple[Interval, ...]]) -> None:
        """Days followed by their times; a day named twice is a contradiction."""
        wanted = self._days()
        times = self._times()
        for day in wanted:
            if day in days:
                raise _NotUnderstoodError("a day twice")
            days[day] = times

    def _days(self) -> list[int]:
        found: list[int] = []
        while (first := self._take("day")) is not None:
            last = first
            if self._peek() == "to" and self._peek(1) == "day":
                self._take("to")
                last = self._need("day")
            if last.value < first.value:
                raise _NotUnderstoodError("days backwards")
            found.extend(range(first.value, last.value + 1))
            if self._peek() == "sep" and self._peek(1) == "day":
                self._take("sep")
        if not found:
            raise _NotUnderstoodError("no days")
        return found

    def _times(self) -> tuple[Interval, ...]:
        # "VI – nedirba", "VI–VII – 10–15": a dash may stand between the days and their times.
        self._take("to")
        if self._take("closed"):
            return ()
        if self._take("allday"):
            return (ALL_DAY,)
        spans = [self._interval()]
        while self._peek() == "sep" and self._peek(1) == "time":
            self._take("sep")
            spans.append(self._interval())
        if any(later.start < earlier.end for earlier, later in pairwise(spans)):
            raise _NotUnderstoodError("times overlap")
        return tuple(spans)

    def _interval(self) -> Interval:
        start = self._need("time").value
        self._need("to")
        end = self._need("time").value
        if start >= end:
            raise _NotUnderstoodError("ends before it starts")
        return Interval(start, end)

    def _kinds(self) -> list[str]:
        return [token.kind for token in self._tokens[self._at :]]

    def _peek(self, ahead: int = 0) -> str | None:
        at = self._at + ahead
        return self._tokens[at].kind if at < len(self._tokens) else None

    def _take(self, kind: str) -> _Token | None:
        if self._peek() != kind:
            return None
        self._at += 1
        return self._tokens[self._at - 1]

    def _need(self, kind: str) -> _Token:
        token = self._take(kind)
        if token is None:
            raise _NotUnderstoodError(f"no {kind}")
        return token

    def _skip_separators(self) -> None:
        while self._take("sep"):
            pass


def _without(spans: tuple[Interval, ...], pause: Interval | None) -> tuple[Interval, ...]:
    """The spans with the break cut out of those that contain it (a short Saturday has none)."""
    if pause is None:
        return spans
    parts: list[Interval] = []
    for span in spans:
        if span.start < pause.start and pause.end < span.end:
            parts += [Interval(span.start, pause.start), Interval(pause.end, span.end)]
        else:
            parts.append(span)
    return tuple(parts)
