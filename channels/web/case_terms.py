"""Both clocks of a case in words: by when, how it stands today, and how each day was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.core.case import RUNNING_STATES, TIMED_KINDS, Case, CaseState, EventKind
from bot.core.case_progress import Terms, extension_days, pauses
from bot.core.clock import local
from bot.core.deadlines import LEGAL
from bot.core.working_days import CountedDay, RestDays, explain, working_days_between
from bot.services.case_calendar import CaseCalendar
from bot.services.texts import Texts

_ENDS = frozenset({EventKind.DECIDED, EventKind.FORWARDED, EventKind.WITHDRAWN, EventKind.CLOSED})


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day of a term, or the days of a pause from `day` through `until`; `counts` when it is a working day."""

    day: date
    until: date
    weekday: str
    words: str
    counts: bool


@dataclass(frozen=True, slots=True)
class TermView:
    """One clock; `due` is None while it is paused, `bad` when it was not kept."""

    title: str
    basis: str
    due: date | None
    weekday: str
    status: str
    bad: bool
    days: tuple[DayLine, ...]


def case_terms(case: Case, terms: Terms, calendar: CaseCalendar, *, today: date, texts: Texts) -> tuple[TermView, ...]:
    """Return the clocks that run for this kind of case, the charter's first; none for praise and suggestions."""
    words = _Words(case, today, calendar.rest, texts)
    found: list[TermView] = []
    if terms.charter is not None and calendar.charter_days is not None:
        counted = explain(case.receipt_day, calendar.charter_days, calendar.rest)
        basis = texts.render("case.term.charter_basis", days=calendar.charter_days)
        found.append(words.term("charter", basis, terms.charter, words.days(counted, calendar.charter_days)))
    if case.kind in TIMED_KINDS:
        extended = extension_days(case.history)
        counted = explain(case.receipt_day, LEGAL + extended, calendar.rest, pauses(case.history))
        basis = texts.render("case.term.legal_basis", days=LEGAL)
        if extended:
            basis = f"{basis} {texts.render('case.term.extended', days=extended)}"
        found.append(words.term("legal", basis, terms.legal, words.days(counted, LEGAL)))
    return tuple(found)


def ended_on(case: Case) -> date | None:
    """Return the day on which the work on the case came to its end, in Lithuania; None while it goes on."""
    ended: date | None = None
    for event in case.history:
        if event.kind is EventKind.REOPENED:
            ended = None
        elif event.kind in _ENDS and ended is None:
            ended = local(event.at).date()
    return None if case.state in RUNNING_STATES else ended


@dataclass(frozen=True, slots=True)
class _Words:
    """Puts the days of one case in words."""

    case: Case
    today: date
    rest: RestDays
    texts: Texts

    def term(self, clock: str, basis: str, due: date | None, days: tuple[DayLine, ...]) -> TermView:
        standing, late_on = self._standing(due)
        left = 0 if due is None else working_days_between(self.today, due, self.rest)
        return TermView(
            title=self.texts.render(f"case.term.title.{clock}"),
            basis=basis,
            due=due,
            weekday="" if due is None else self._weekday(due),
            status=self.texts.render(f"case.term.status.{standing}", days=left, date=late_on),
            bad=standing in {"overdue", "late", "ended_late"},
            days=days,
        )

    def _standing(self, due: date | None) -> tuple[str, date | None]:
        """Return how the clock stands, and the day that its phrase names."""
        if due is None:
            return "paused", None
        if self.case.state in RUNNING_STATES:
            if self.today > due:
                return "overdue", None
            return ("today" if self.today == due else "running"), None
        ended = ended_on(self.case) or self.today
        late = ended > due
        if self.case.state is CaseState.WITHDRAWN:
            return ("ended_late" if late else "ended"), ended
        return ("late" if late else "met"), ended

    def days(self, counted: Sequence[CountedDay], term: int) -> tuple[DayLine, ...]:
        receipt = self.case.receipt_day
        first = DayLine(receipt, receipt, self._weekday(receipt), self.texts.render("case.day.receipt"), counts=False)
        return (first, *self._lines(counted, term))

    def _lines(self, counted: Sequence[CountedDay], term: int) -> Iterator[DayLine]:
        # A case may be suspended for half a year (VAĮ 26 str. 2 d.): the days of a pause share one line.
        for paused, group in groupby(counted, key=lambda counted_day: counted_day.paused):
            days = list(group)
            if paused:
                weekday = self._weekday(days[0].day) if len(days) == 1 else ""
                words = self.texts.render("case.day.paused")
                yield DayLine(days[0].day, days[-1].day, weekday, words, counts=False)
                continue
            for day in days:
                yield DayLine(day.day, day.day, self._weekday(day.day), self._why(day, term), day.number is not None)

    def _why(self, day: CountedDay, term: int) -> str:
        if day.number is not None:
            return self.texts.render(f"case.day.{'counts' if day.number <= term else 'extension'}", count=day.number)
        name = None if day.rest is None else day.rest.name
        kind = "paused" if day.rest is None else day.rest.kind.value
        return self.texts.render(f"case.day.{kind}", name=name)

    def _weekday(self, day: date) -> str:
        return self.texts.render(f"case.weekday.{day.weekday()}")
