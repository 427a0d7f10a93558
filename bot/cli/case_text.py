"""Cases as text for a terminal: the table of the register, one case with its history, and how its days were counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.case import CHARTER_KINDS, TIMED_KINDS, Case, CaseEvent, Contact
from bot.core.case_progress import Terms, extension_days, pauses
from bot.core.clock import local
from bot.core.deadlines import LEGAL
from bot.core.working_days import CountedDay, explain
from bot.services.case_calendar import CaseCalendar
from bot.services.cases.desk import Entry

_HEADER = ("number", "kind", "state", "received", "charter due", "legal due", "overdue", "unit")
_NONE = "-"
_LABEL_WIDTH = 18


def table(entries: Iterable[Entry]) -> str:
    """Return the register as a table, a case a line."""
    rows = [_HEADER, *(_row(entry) for entry in entries)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADER))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def overdue(terms: Terms) -> str:
    """Return which clocks have run out."""
    late = [name for name, is_late in (("CHARTER", terms.charter_overdue), ("LEGAL", terms.legal_overdue)) if is_late]
    return "+".join(late) or _NONE


def whole_case(entry: Entry, contact: Contact) -> str:
    """Return everything about a case with its history; the contact as it may be shown."""
    case = entry.case
    facts = [f"{label + ':':<{_LABEL_WIDTH}}{_indented(value)}" for label, value in _facts(entry, contact) if value]
    return "\n".join([case.number, *facts, "history:", *(_event(event) for event in case.history)])


def standing(entry: Entry) -> str:
    """Return in one line what happened last and how the case stands now."""
    case, terms = entry.case, entry.terms
    late = f", overdue: {overdue(terms)}" if terms.overdue else ""
    return (
        f"{case.number}: {case.history[-1].kind.value}; state {case.state.value}, kind {case.kind.value}, "
        f"charter due {terms.charter or _NONE}, legal due {terms.legal or _NONE}{late}"
    )


def counting(case: Case, calendar: CaseCalendar) -> str:
    """Return day by day how both due dates came about; a kind without a clock is said to have none."""
    lines = [f"received {case.receipt_day}: counting begins the day after (VAĮ 10 str. 4 d.)"]
    for clock in _clocks(case, calendar):
        lines += _counted(clock)
    return "\n".join(lines)


def counting_data(case: Case, calendar: CaseCalendar) -> dict[str, list[dict[str, object]]]:
    """Return the same as plain JSON values; an empty list where there is no clock."""
    return {clock.name: [_as_json(day) for day in clock.days] for clock in _clocks(case, calendar)}


def plain(text: str) -> str:
    """Return the text with nothing in it that a terminal would obey; line ends stay."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in text)


def _row(entry: Entry) -> tuple[str, ...]:
    case, terms = entry.case, entry.terms
    return (
        case.number,
        case.kind.value,
        case.state.value,
        _day(local(case.received_at)),
        _day(terms.charter),
        _day(terms.legal),
        overdue(terms),
        _NONE if case.assignee is None else plain(case.assignee.unit).replace("\n", " "),
    )


def _facts(entry: Entry, contact: Contact) -> Iterator[tuple[str, str | None]]:
    case, terms, filing = entry.case, entry.terms, entry.case.filing
    subject, filed_as = filing.subject, "" if filing.kind is case.kind else f" (filed as {filing.kind.value})"
    yield "municipality", filing.municipality
    yield "kind", case.kind.value + filed_as
    yield "state", case.state.value
    yield "received", f"{local(case.received_at):%Y-%m-%d %H:%M}, counted from {case.receipt_day}, by {filing.channel}"
    yield "charter due", _due(terms.charter, "OVERDUE" if terms.charter_overdue else "")
    yield "legal due", _due(terms.legal, "OVERDUE" if terms.legal_overdue else "")
    yield "institution", subject.institution or subject.institution_text
    yield "service", subject.service
    yield "principle", subject.principle
    yield "complained about", case.complained_about
    yield "happened", ", ".join(filter(None, (_day(filing.happened_on, ""), filing.happened_text)))
    yield "description", filing.description or ("(erased)" if case.erased_at else None)
    yield "wished outcome", filing.outcome
    yield "answer", "must be given" if case.must_reply else "not wished"
    yield "identity", case.identity.value
    yield "contact", ", ".join(filter(None, (contact.name, contact.email, contact.phone)))
    if case.assignee is not None:
        yield "assigned to", ", ".join(filter(None, (case.assignee.unit, case.assignee.person, case.assignee.email)))
    yield "closed", None if case.closed_at is None else f"{local(case.closed_at):%Y-%m-%d %H:%M}"
    yield "erased", None if case.erased_at is None else f"{local(case.erased_at):%Y-%m-%d %H:%M}"


def _event(event: CaseEvent) -> str:
    actor = event.actor.kind.value if event.actor.name is None else event.actor.name
    said = "; ".join(f"{name}: {value}" for name, value in event.data.items())
    line = f"  {local(event.at):%Y-%m-%d %H:%M}  {event.kind.value:<12}  {actor}"
    return _indented(f"{line}  {said}".rstrip(), 4)


@dataclass(frozen=True, slots=True)
class _Clock:
    """A term of so many working days, so many of them by extension; 0 and no days for a kind without the clock."""

    name: str
    count: int = 0
    extended: int = 0
    days: tuple[CountedDay, ...] = ()


def _clocks(case: Case, calendar: CaseCalendar) -> tuple[_Clock, _Clock]:
    charter, legal = _Clock("charter"), _Clock("legal")
    if calendar.charter_days is not None and case.kind in CHARTER_KINDS:
        days = explain(case.receipt_day, calendar.charter_days, calendar.rest)
        charter = _Clock("charter", calendar.charter_days, 0, days)
    if case.kind in TIMED_KINDS:
        extended = extension_days(case.history)
        days = explain(case.receipt_day, LEGAL + extended, calendar.rest, pauses(case.history))
        legal = _Clock("legal", LEGAL + extended, extended, days)
    return charter, legal


def _counted(clock: _Clock) -> Iterator[str]:
    if not clock.days:
        yield f"{clock.name} clock: none"
        return
    last = clock.days[-1]
    end = f"due {last.day}" if last.number == clock.count else "paused: no due date until it is resumed"
    extended = f" ({clock.extended} by extension)" if clock.extended else ""
    yield f"{clock.name} clock: {clock.count} working days{extended}, {end}"
    for day in clock.days:
        number = _NONE if day.number is None else str(day.number)
        yield f"  {day.day} {day.day:%a}  {number:>2}  {plain(_why_not(day))}".rstrip()


def _why_not(day: CountedDay) -> str:
    """Return why the day does not count; empty for one that does."""
    if day.rest is not None:
        return day.rest.kind.value if day.rest.name is None else f"{day.rest.kind.value}: {day.rest.name}"
    return "paused" if day.paused else ""


def _as_json(day: CountedDay) -> dict[str, object]:
    return {
        "day": day.day.isoformat(),
        "number": day.number,
        "rest": None if day.rest is None else day.rest.kind.value,
        "name": None if day.rest is None else day.rest.name,
        "paused": day.paused,
    }


def _due(day: date | None, mark: str) -> str:
    return f"{_day(day)} {mark}".rstrip()


def _day(day: date | datetime | None, none: str = _NONE) -> str:
    return none if day is None else f"{day:%Y-%m-%d}"


def _indented(text: str, by: int = _LABEL_WIDTH) -> str:
    return plain(text).replace("\n", "\n" + " " * by)
