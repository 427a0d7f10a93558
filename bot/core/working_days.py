"""The one place where working days are counted: receipt days, due days, and how a due day came about.

A day counts unless it is a rest day (weekend, public holiday, closure of the office) or the clock is paused.
Counting starts the day after the day of receipt (VAĮ 10 str. 4 d.).  What a rest day is, is the caller's to
know: `RestDays`, made by `bot.services.calendar`.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bot.core.hours import Interval, WeekHours, opening_on

# A suspended case may rest for years (VAĮ 25 str. 2 d.); what is not found in ten is a mistake in the data.
_SEARCH_DAYS = 10 * 366


class RestKind(Enum):
    """Why a day is no working day."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSURE = "closure"


@dataclass(frozen=True, slots=True)
class Rest:
    """A day of rest; `name` is the holiday's Lithuanian name or the closure's reason, None for a weekend day."""

    kind: RestKind
    name: str | None


RestDays = Callable[[date], Rest | None]
"""Says why a day is no working day; None when it is one."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count: `start` included, `end` not; `end=None` while the clock is still paused.

    A pause that ends on the day on which it starts takes no day.  Raises `ValueError` when it ends before.
    """

    start: date
    end: date | None

    def __post_init__(self) -> None:
        """Refuse a pause that ends before it starts."""
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a pause that starts on {self.start} cannot end on {self.end}")

    def covers(self, day: date) -> bool:
        """Whether the clock stands still on this day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One calendar day of a term: `number` counts from 1, None on a day that does not count."""

    day: date
    number: int | None
    rest: Rest | None
    paused: bool


def nth_working_day(day: date, count: int, rest: RestDays) -> date:
    """The day that is `count` working days after `day`, which itself is not counted.

    Raises `ValueError` for a count below 1, and when no such day comes within ten years.
    """
    return _last(day, count, rest, ()).day


def add_working_days(day: date, count: int, rest: RestDays, pauses: Sequence[Pause] = ()) -> date | None:
    """The day that is `count` working days after `day`, on a clock that stands still during the pauses.

    None while an open pause stops the clock before the count is reached.  Raises as `nth_working_day`.
    """
    last = _last(day, count, rest, pauses)
    return last.day if last.number == count else None


def working_days_between(after: date, until: date, rest: RestDays) -> int:
    """How many working days lie after `after`, up to and with `until`; 0 when `until` is not later."""
    ordinals = range(after.toordinal() + 1, until.toordinal() + 1)
    return sum(rest(date.fromordinal(ordinal)) is None for ordinal in ordinals)


def receipt_day(local: datetime, hours: WeekHours | None, rest: RestDays) -> date:
    """The day on which what arrived at this local time counts as received (VAĮ 10 str. 4 d.).

    From the end of the day's last opening on, and on a day on which the office does not work, it is the next day
    on which it does.  With hours None the office closes at 17.00, Monday to Friday.  Raises `ValueError` when
    the office does not work on any day within ten years.
    """
    week = hours or _USUAL_HOURS
    day = local.date()
    if _works(day, week, rest) and local.hour * 60 + local.minute < opening_on(week, day)[-1].end:
        return day
    return next(later for later in _days_after(day) if _works(later, week, rest))


def explain(receipt: date, count: int, rest: RestDays, pauses: Sequence[Pause] = ()) -> tuple[CountedDay, ...]:
    """Every calendar day after receipt through the due day, numbered where it counts.

    Where an open pause stops the clock, the last day is the first of that pause.  Raises as `nth_working_day`.
    """
    return tuple(_count(receipt, count, rest, pauses))


_USUAL_HOURS = WeekHours(((Interval(8 * 60, 17 * 60),),) * 5 + ((),) * 2)


def _works(day: date, week: WeekHours, rest: RestDays) -> bool:
    return bool(opening_on(week, day)) and rest(day) is None


def _last(day: date, count: int, rest: RestDays, pauses: Sequence[Pause]) -> CountedDay:
    """The due day, or the first day of the open pause that stops the clock."""
    return deque(_count(day, count, rest, pauses), maxlen=1).pop()


def _count(day: date, count: int, rest: RestDays, pauses: Sequence[Pause]) -> Iterator[CountedDay]:
    if count < 1:
        raise ValueError(f"a term is one working day or more, not {count}")
    number = 0
    for current in _days_after(day):
        why, covering = rest(current), [pause for pause in pauses if pause.covers(current)]
        counts = why is None and not covering
        number += counts
        yield CountedDay(current, number if counts else None, why, bool(covering))
        if number == count or any(pause.end is None for pause in covering):
            return


def _days_after(day: date) -> Iterator[date]:
    """The days after `day`; a `ValueError` instead of a search without an end."""
    last = min(day.toordinal() + _SEARCH_DAYS, date.max.toordinal())
    for ordinal in range(day.toordinal() + 1, last + 1):
        yield date.fromordinal(ordinal)
    raise ValueError(f"not reached within ten years of {day}: a term, a closure or a pause must be wrong")
