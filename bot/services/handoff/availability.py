"""Whether a person can come now, and when people are back, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.clock import local
from bot.core.handoff import PresenceState
from bot.core.hours import Interval, WeekHours, is_open, next_opening
from bot.core.operators import Permission, may
from bot.core.working_days import RestDays
from bot.services.case_calendar import CaseCalendar, case_calendar
from bot.services.handoff.tools import Tools
from bot.storage import presence

_USUAL_HOURS = WeekHours(((Interval(8 * 60, 17 * 60),),) * 5 + ((),) * 2)
"""Where the pack's hours cannot be read, as `working_days.receipt_day` has it."""


@dataclass(frozen=True, slots=True)
class Available:
    """`here` operators take conversations now; `office_open` by the hours; `opens` = "pirmadienį (…) nuo 8.00".

    `opens` is None while the office is open, and when no opening comes within two weeks; `opens_at` is the moment.
    """

    here: int
    office_open: bool
    opens: str | None
    opens_at: datetime | None = None


class Availability:
    """Knows who is here for a municipality."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def of(self, municipality: str, department: str | None = None) -> Available:
        """Tell who can come now. Raises `UnknownMunicipalityError`."""
        async with self._tools.database.read() as session:
            here = await self.count_here(session, municipality, department)
        calendar, now = self.calendar(municipality), local(self._tools.clock.now())
        week = calendar.hours or _USUAL_HOURS
        is_working = is_open(week, now, calendar.rest(now.date()) is not None)
        opening = None if is_working else _next_opening(week, now, calendar.rest)
        return Available(here, is_working, None if opening is None else self._in_words(opening), opening)

    async def count_here(self, session: AsyncSession, municipality: str | None, department: str | None) -> int:
        """Return how many operators who may take such a conversation are here."""
        return sum(
            state is PresenceState.HERE and may(operator, Permission.REPLY, municipality, department=department)
            for operator, state in await presence.of_all(session)
        )

    async def sentence(self, municipality: str, department: str | None = None) -> str:
        """Say to a resident whether a person can come now, and if not when people are back."""
        found = await self.of(municipality, department)
        if found.here:
            return self._tools.texts.render("handoff.here")
        return self._tools.texts.render("handoff.away", opens=found.opens)

    def calendar(self, municipality: str) -> CaseCalendar:
        """Return the municipality's hours and rest days. Raises `UnknownMunicipalityError`."""
        return case_calendar(self._tools.catalogues.get(municipality).catalogue.municipality)

    def _in_words(self, opening: datetime) -> str:
        render = self._tools.texts.render
        return render(
            "calendar.opens",
            weekday=render(f"calendar.weekday.{opening.weekday()}"),
            date=opening.date().isoformat(),
            time=f"{opening.hour}.{opening.minute:02}",
        )


def _next_opening(week: WeekHours, now: datetime, rest: RestDays) -> datetime | None:
    def rests(day: date) -> bool:
        return rest(day) is not None

    return next_opening(week, now, rests)
