"""What a municipality's pack says about counting the days of its cases, with a default for what it leaves out."""

from dataclasses import dataclass

from bot.core.case_prefix import default_prefix
from bot.core.catalogue import Municipality
from bot.core.hours import WeekHours, opens_on_weekdays, parse_hours
from bot.core.working_days import RestDays
from bot.services.calendar import rest_days


@dataclass(frozen=True, slots=True)
class CaseCalendar:
    """How a municipality's cases are numbered and its days counted.

    `hours` is None where they are not known (`working_days.receipt_day` then takes the usual ones), `charter_days`
    where the charter names no term.
    """

    hours: WeekHours | None
    rest: RestDays
    charter_days: int | None
    prefix: str


def case_calendar(municipality: Municipality) -> CaseCalendar:
    """The calendar of the municipality's cases; it costs a reading of the hours, so keep it for many cases."""
    cases = municipality.cases
    return CaseCalendar(
        hours=_office_hours(municipality),
        rest=rest_days(cases.closures if cases else ()),
        charter_days=municipality.charter.response_working_days,
        prefix=cases.prefix if cases else default_prefix(municipality.id),
    )


def _office_hours(municipality: Municipality) -> WeekHours | None:
    """The hours of the cases' office, else the municipality's; None unless they can be read and name a workday."""
    own = municipality.cases.office_hours if municipality.cases else None
    week = parse_hours(own or municipality.hours or "")
    return week if week and opens_on_weekdays(week) else None
