"""The due days of a case: the law's terms, the charter's, and what moves which."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import deadlines as terms
from bot.core.deadlines import Deadlines, deadlines, is_overdue
from bot.core.hours import parse_hours
from bot.core.working_days import Pause, explain, nth_working_day, receipt_day, working_days_between
from bot.services.calendar import rest_days

REST = rest_days(())
OFFICE = parse_hours("I–V 8.00–17.00")
RECEIVED = date(2026, 11, 20)
LEGAL_DUE = date(2026, 12, 18)


def test_the_terms_are_those_of_the_law() -> None:
    assert (terms.CHARTER, terms.LEGAL, terms.MAX_EXTENSION) == (5, 20, 10)
    assert (terms.FORWARD, terms.PROCEDURE_START) == (5, 3)
    assert (terms.DECISION_NOTICE, terms.EXTENSION_NOTICE, terms.PAUSE_NOTICE) == (3, 5, 3)


# Received; receipt day, procedure (3), charter and forwarding (5), legal (20), extended by 10: standards.md 1.5.
VECTORS = [
    ("2026-04-02 18:30", "2026-04-03", "2026-04-09", "2026-04-13", "2026-05-05", "2026-05-19"),
    ("2026-12-23 10:00", "2026-12-23", "2026-12-30", "2027-01-04", "2027-01-25", "2027-02-08"),
    ("2026-02-13 16:00", "2026-02-13", "2026-02-19", "2026-02-23", "2026-03-17", "2026-03-31"),
    ("2026-10-30 17:30", "2026-11-03", "2026-11-06", "2026-11-10", "2026-12-01", "2026-12-15"),
    ("2026-06-23 09:00", "2026-06-23", "2026-06-29", "2026-07-01", "2026-07-23", "2026-08-06"),
    ("2026-07-04 12:00", "2026-07-07", "2026-07-10", "2026-07-14", "2026-08-04", "2026-08-18"),
]


@pytest.mark.parametrize(("stamp", "receipt", "three", "five", "twenty", "extended"), VECTORS)
def test_the_vectors_of_the_reference_hold(
    stamp: str, *, receipt: str, three: str, five: str, twenty: str, extended: str
) -> None:
    received = receipt_day(datetime.fromisoformat(stamp), OFFICE, REST)
    plain = deadlines(received, charter_days=5, rest=REST)
    assert plain == Deadlines(
        receipt=date.fromisoformat(receipt),
        charter=date.fromisoformat(five),
        legal=date.fromisoformat(twenty),
        forward=date.fromisoformat(five),
        procedure=date.fromisoformat(three),
    )
    longer = deadlines(received, charter_days=5, extension_days=10, rest=REST)
    assert longer.legal == date.fromisoformat(extended)


def test_a_charter_without_a_term_has_no_clock() -> None:
    assert deadlines(RECEIVED, charter_days=None, rest=REST).charter is None


def test_a_charter_may_promise_another_term() -> None:
    assert deadlines(RECEIVED, charter_days=2, rest=REST).charter == date(2026, 11, 24)


def test_an_extension_moves_the_law_s_clock_only() -> None:
    plain = deadlines(RECEIVED, charter_days=5, rest=REST)
    longer = deadlines(RECEIVED, charter_days=5, extension_days=4, rest=REST)
    assert plain.legal == LEGAL_DUE
    assert longer.legal == nth_working_day(LEGAL_DUE, 4, REST) == date(2026, 12, 28)
    assert (longer.charter, longer.forward, longer.procedure) == (plain.charter, plain.forward, plain.procedure)


def test_a_pause_moves_the_law_s_clock_only() -> None:
    plain = deadlines(RECEIVED, charter_days=5, rest=REST)
    pause = Pause(date(2026, 11, 23), date(2026, 11, 25))
    paused = deadlines(RECEIVED, charter_days=5, pauses=[pause], rest=REST)
    assert paused.legal == date(2026, 12, 22)
    assert (paused.charter, paused.forward, paused.procedure) == (plain.charter, plain.forward, plain.procedure)


def test_an_open_pause_stops_the_law_s_clock_only() -> None:
    paused = deadlines(RECEIVED, charter_days=5, pauses=[Pause(date(2026, 11, 23), None)], rest=REST)
    assert paused.legal is None
    assert paused.charter == date(2026, 11, 27)


@pytest.mark.parametrize("days", [-1, 11, 30])
def test_an_extension_beyond_the_law_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match=f"0 to 10 working days, not {days}"):
        deadlines(RECEIVED, charter_days=5, extension_days=days, rest=REST)


def test_a_charter_term_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="not 0"):
        deadlines(RECEIVED, charter_days=0, rest=REST)


@pytest.mark.parametrize(
    ("today", "expected"), [(date(2026, 12, 17), False), (LEGAL_DUE, False), (date(2026, 12, 19), True)]
)
def test_a_case_is_overdue_from_the_day_after_its_due_day(today: date, *, expected: bool) -> None:
    assert is_overdue(LEGAL_DUE, today) is expected


def test_what_has_no_due_day_is_never_overdue() -> None:
    assert not is_overdue(None, date.max)


DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
EXTENSIONS = st.integers(0, terms.MAX_EXTENSION)


@given(DAYS, EXTENSIONS, EXTENSIONS)
def test_a_longer_extension_is_not_due_earlier(receipt: date, one: int, other: int) -> None:
    short, long = (deadlines(receipt, charter_days=5, extension_days=n, rest=REST).legal for n in sorted((one, other)))
    assert short is not None
    assert long is not None
    assert short <= long
    assert working_days_between(short, long, REST) == abs(one - other)


@given(DAYS, EXTENSIONS, st.integers(1, 60), st.integers(0, 200))
def test_the_explanation_of_the_legal_term_ends_on_its_due_day(
    receipt: date, extension: int, after: int, length: int
) -> None:
    began = receipt + timedelta(days=after)
    pauses = [Pause(began, began + timedelta(days=length))]
    found = deadlines(receipt, charter_days=None, extension_days=extension, pauses=pauses, rest=REST)
    assert explain(receipt, terms.LEGAL + extension, REST, pauses)[-1].day == found.legal


@given(DAYS)
def test_the_terms_end_in_the_order_of_their_length(receipt: date) -> None:
    found = deadlines(receipt, charter_days=5, rest=REST)
    assert found.legal is not None
    assert found.receipt < found.procedure < found.forward < found.legal
    assert found.charter == found.forward
