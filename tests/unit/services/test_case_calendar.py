"""From a municipality's pack to the calendar of its cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.core.catalogue import CaseSettings, Closure
from bot.core.hours import parse_hours
from bot.core.working_days import Rest, RestKind, receipt_day
from bot.services.case_calendar import case_calendar
from tests.packs import CHARTER, MUNICIPALITY, shipped


@pytest.mark.parametrize(
    ("municipality", "prefix", "charter_days"),
    [("trakai", "TR", 5), ("varena", "VAR", None), ("alytus-r", "ALR", None)],
)
def test_the_shipped_packs_have_their_prefix_and_the_charter_s_term(
    municipality: str, prefix: str, charter_days: int | None
) -> None:
    calendar = case_calendar(shipped(municipality).catalogue.municipality)
    assert (calendar.prefix, calendar.charter_days) == (prefix, charter_days)


@pytest.mark.parametrize(
    ("stamp", "receipt"), [("2026-11-20 15:44", date(2026, 11, 20)), ("2026-11-20 15:45", date(2026, 11, 23))]
)
def test_trakai_receives_until_a_quarter_to_four_on_fridays(stamp: str, receipt: date) -> None:
    calendar = case_calendar(shipped("trakai").catalogue.municipality)
    assert receipt_day(datetime.fromisoformat(stamp), calendar.hours, calendar.rest) == receipt


def test_a_pack_that_says_nothing_has_the_usual_calendar() -> None:
    calendar = case_calendar(MUNICIPALITY)
    assert (calendar.hours, calendar.charter_days, calendar.prefix) == (None, None, "BANDY")
    assert calendar.rest(date(2026, 11, 20)) is None
    assert receipt_day(datetime.fromisoformat("2026-11-20 17:00"), calendar.hours, calendar.rest) == date(2026, 11, 23)


def test_the_office_of_the_cases_comes_before_the_municipality_s_hours() -> None:
    own = replace(MUNICIPALITY, hours="I–V 8–17")
    settings = CaseSettings(prefix="GR", office_hours="I–V 9–15")
    assert case_calendar(own).hours == parse_hours("I–V 8–17")
    assert case_calendar(replace(own, cases=settings)).hours == parse_hours("I–V 9–15")
    assert case_calendar(replace(own, cases=CaseSettings(prefix="GR"))).hours == parse_hours("I–V 8–17")


@pytest.mark.parametrize("hours", ["pagal susitarimą", "VI–VII 10–15"])
def test_hours_on_which_no_clock_can_run_are_left_aside(hours: str) -> None:
    assert case_calendar(replace(MUNICIPALITY, hours=hours)).hours is None


def test_closures_and_the_charter_s_term_are_the_pack_s() -> None:
    closure = Closure(date(2026, 11, 23), date(2026, 11, 24), "remontas")
    settings = CaseSettings(prefix="GR", closures=(closure,))
    charter = replace(CHARTER, response_working_days=7)
    calendar = case_calendar(replace(MUNICIPALITY, cases=settings, charter=charter))
    assert calendar.rest(date(2026, 11, 24)) == Rest(RestKind.CLOSURE, "remontas")
    assert (calendar.charter_days, calendar.prefix) == (7, "GR")
