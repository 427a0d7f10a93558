"""Which reminders are due: two working days before, on the day, after it, each once for each due date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.case import RUNNING_STATES, SYSTEM, Case, CaseEvent, CaseKind, CaseState, EventKind
from bot.services.cases.reminders import Reminder, When, reminders_due
from tests.unit.services.cases.samples import (
    CHARTER_DUE,
    FILED_AT,
    FILING,
    LEGAL_DUE,
    RECEIPT,
    REST,
    case_of,
    terms_of,
)

CASE = case_of()


def due_on(case: Case, today: date, charter_days: int | None = 5) -> list[Reminder]:
    """Return what is due for a case on a day."""
    return list(reminders_due(case, terms_of(case, today=today, charter_days=charter_days), REST, today))


def reminded(case: Case, *reminders: Reminder) -> Case:
    """Return the case once these reminders were given."""
    events = tuple(
        CaseEvent(seq=seq, kind=EventKind.REMINDED, at=FILED_AT, actor=SYSTEM, data=reminder.as_data())
        for seq, reminder in enumerate(reminders, start=len(case.history) + 1)
    )
    return replace(case, history=(*case.history, *events))


def given_over(case: Case, days: int, charter_days: int | None = 5) -> list[tuple[date, Reminder]]:
    """Return what is given day by day from the receipt on, each run twice."""
    found: list[tuple[date, Reminder]] = []
    for today in (RECEIPT + timedelta(days=number) for number in range(days)):
        for _run in range(2):
            due = due_on(case, today, charter_days)
            found += [(today, reminder) for reminder in due]
            case = reminded(case, *due)
    return found


def test_each_clock_is_reminded_of_before_on_and_after_its_day() -> None:
    assert given_over(CASE, 60) == [
        # Before Monday 4 January lie New Year and a weekend.
        (date(2026, 12, 30), Reminder("charter", When.BEFORE, CHARTER_DUE)),
        (CHARTER_DUE, Reminder("charter", When.DUE, CHARTER_DUE)),
        (date(2027, 1, 5), Reminder("charter", When.OVERDUE, CHARTER_DUE)),
        (date(2027, 1, 21), Reminder("legal", When.BEFORE, LEGAL_DUE)),
        (LEGAL_DUE, Reminder("legal", When.DUE, LEGAL_DUE)),
        (date(2027, 1, 26), Reminder("legal", When.OVERDUE, LEGAL_DUE)),
    ]


def test_a_kind_or_a_charter_without_a_term_has_no_reminder_of_it() -> None:
    request = case_of(replace(FILING, kind=CaseKind.REQUEST))
    assert {reminder.clock for _, reminder in given_over(request, 60)} == {"legal"}
    assert {reminder.clock for _, reminder in given_over(CASE, 60, charter_days=None)} == {"legal"}
    assert given_over(case_of(replace(FILING, kind=CaseKind.PRAISE)), 60) == []


def test_a_new_due_date_is_reminded_of_anew() -> None:
    before = reminded(CASE, Reminder("legal", When.BEFORE, LEGAL_DUE), Reminder("legal", When.DUE, LEGAL_DUE))
    extended = replace(
        before,
        history=(
            *before.history,
            CaseEvent(
                seq=5, kind=EventKind.EXTENDED, at=FILED_AT, actor=SYSTEM, data={"days": 10, "reason": "tyrimas"}
            ),
        ),
    )
    later = date(2027, 2, 8)
    assert [entry for entry in given_over(extended, 80) if entry[1].clock == "legal"] == [
        (date(2027, 2, 4), Reminder("legal", When.BEFORE, later)),
        (later, Reminder("legal", When.DUE, later)),
        (date(2027, 2, 9), Reminder("legal", When.OVERDUE, later)),
    ]


def test_a_paused_law_clock_is_not_reminded_of_but_the_charters_is() -> None:
    paused = case_of(FILING, (EventKind.PAUSED, {"reason": "laukiame"}), state=CaseState.PAUSED)
    assert {reminder.clock for _, reminder in given_over(paused, 60)} == {"charter"}


@pytest.mark.parametrize("state", [state for state in CaseState if state not in RUNNING_STATES])
def test_what_is_over_is_not_reminded_of(state: CaseState) -> None:
    assert given_over(replace(CASE, state=state), 60) == []


def test_a_server_that_stood_still_says_only_what_is_still_true() -> None:
    assert due_on(CASE, date(2027, 2, 1)) == [
        Reminder("charter", When.OVERDUE, CHARTER_DUE),
        Reminder("legal", When.OVERDUE, LEGAL_DUE),
    ]
    # Saturday: the first of the two working days has passed.
    assert due_on(CASE, date(2027, 1, 23))[-1] == Reminder("legal", When.BEFORE, LEGAL_DUE)


@given(st.lists(st.integers(min_value=0, max_value=60), max_size=30))
def test_no_run_on_any_day_gives_a_reminder_twice(days: list[int]) -> None:
    case, found = CASE, list[Reminder]()
    for number in sorted(days):
        due = due_on(case, RECEIPT + timedelta(days=number))
        found += due
        case = reminded(case, *due)
    assert len(found) == len(set(found))
    assert len(found) <= 6
