"""Reminders of due dates, to whoever answers for a case: before, on and after the day, each exactly once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.case import RUNNING_STATES, SYSTEM, Case, CaseEvent, EventKind, events_of
from bot.core.case_progress import Terms, terms
from bot.core.clock import Clock, local
from bot.core.mail_address import ascii_address
from bot.core.working_days import RestDays, working_days_between
from bot.services.case_calendar import CaseCalendar, case_calendar
from bot.services.cases.letters import Letters
from bot.services.catalogues import Catalogues
from bot.storage import cases as storage
from bot.storage.database import Database

log = structlog.get_logger(__name__)

AHEAD = 2
"""So many working days before a due date it is first reminded of."""


class When(Enum):
    """How a due date lies to today."""

    BEFORE = "before"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder; `clock` is "charter" or "legal". A new due date, after an extension, is reminded of anew."""

    clock: str
    when: When
    due: date

    def as_data(self) -> dict[str, object]:
        """Return it as an event's data."""
        return {"clock": self.clock, "when": self.when.value, "due": self.due.isoformat()}


def reminders_due(case: Case, standing: Terms, rest: RestDays, today: date) -> tuple[Reminder, ...]:
    """Return the reminders that are due today and were not given yet; a paused clock has none.

    What a stopped server missed is made up for only while it is still true: after the due date there is nothing to
    say but that it has passed.
    """
    if case.state not in RUNNING_STATES:
        return ()
    given = [dict(event.data) for event in events_of(case.history, EventKind.REMINDED)]
    dues = (("charter", standing.charter), ("legal", standing.legal))
    called_for = (
        Reminder(clock, when, due)
        for clock, due in dues
        if due is not None and (when := _when(due, rest, today)) is not None
    )
    return tuple(reminder for reminder in called_for if reminder.as_data() not in given)


def _when(due: date, rest: RestDays, today: date) -> When | None:
    if today >= due:
        return When.DUE if today == due else When.OVERDUE
    return When.BEFORE if working_days_between(today, due, rest) <= AHEAD else None


class Reminders:
    """Looks through the running cases and writes the reminders that are due."""

    def __init__(self, *, database: Database, clock: Clock, catalogues: Catalogues, letters: Letters) -> None:
        self._database = database
        self._clock = clock
        self._catalogues = catalogues
        self._letters = letters

    async def remind(self) -> int:
        """Write every reminder that is due and return how many; a case that fails does not hold up the others."""
        async with self._database.read() as session:
            running = await storage.register(session, states=RUNNING_STATES)
        written, calendars = 0, self._calendars()
        for case in running:
            calendar = calendars.get(case.filing.municipality)
            # The check before the unit of work: nearly always there is nothing to write.
            if calendar is None or not self._due(case, calendar)[1]:
                continue
            try:
                written += await self._remind(case.number, calendar)
            except Exception as error:  # noqa: BLE001 - whatever it is, the other cases' officials must be reminded
                # Without its message: that of a database holds the letter.
                log.error("reminder_failed", case=case.number, error=type(error).__name__)  # noqa: TRY400
        return written

    def _calendars(self) -> dict[str, CaseCalendar]:
        municipalities = (loaded.catalogue.municipality for loaded in self._catalogues.all)
        return {municipality.id: case_calendar(municipality) for municipality in municipalities}

    def _due(self, case: Case, calendar: CaseCalendar) -> tuple[Terms, tuple[Reminder, ...]]:
        today = local(self._clock.now()).date()
        standing = terms(case, charter_days=calendar.charter_days, rest=calendar.rest, today=today)
        return standing, reminders_due(case, standing, calendar.rest, today)

    async def _remind(self, number: str, calendar: CaseCalendar) -> int:
        """Write a case's letters and record them in one transaction: read anew, for it may have moved on."""
        async with self._database.write() as session:
            case = await storage.by_number(session, number)
            if case is None:
                return 0
            standing, due = self._due(case, calendar)
            to = self._responsible(case)
            if to is None:
                return 0
            for place, reminder in enumerate(due, start=len(case.history) + 1):
                await self._write(session, case, standing, reminder, to=to, place=place, rest=calendar.rest)
        return len(due)

    def _responsible(self, case: Case) -> str | None:
        """Return where a reminder can be sent: to whoever examines the case, else to the quality mailbox."""
        own = None if case.assignee is None else case.assignee.email
        return next((to for to in (own, self._letters.office(case).email) if to and ascii_address(to)), None)

    async def _write(
        self,
        session: AsyncSession,
        case: Case,
        standing: Terms,
        reminder: Reminder,
        *,
        to: str,
        place: int,
        rest: RestDays,
    ) -> None:
        now = self._clock.now()
        left = working_days_between(local(now).date(), reminder.due, rest)
        await self._letters.to_staff(
            session,
            "reminder",
            case,
            standing,
            to,
            clock=reminder.clock,
            when=reminder.when.value,
            due=reminder.due,
            left=left,
        )
        event = CaseEvent(seq=place, kind=EventKind.REMINDED, at=now, actor=SYSTEM, data=reminder.as_data())
        await storage.append_events(session, case.id, [event])
