"""Both clocks of a case, as its history moves them: VAĮ 10 str. 4 d., 25 str., and the charter's own promise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.case import RUNNING_STATES, Case, CaseKind, CaseState, EventKind
from bot.core.case_progress import Terms, extension_days, pauses, terms
from bot.core.case_rules import (
    Assign,
    Classify,
    Close,
    Decide,
    Extend,
    Forward,
    Notify,
    PauseCase,
    Reopen,
    Resume,
    Withdraw,
)
from bot.core.hours import parse_hours
from bot.core.working_days import Pause, receipt_day
from bot.services.calendar import rest_days
from tests.unit.core.case_making import COMMANDS, DECISION, UNIT, WAY_TO, after, filing, received

VILNIUS = ZoneInfo("Europe/Vilnius")
REST = rest_days(())
FILED = datetime(2026, 12, 23, 10, 0, tzinfo=VILNIUS)
# standards.md 1.5: the vector of 2026-12-23 10:00.
CHARTER_DUE, LEGAL_DUE, EXTENDED_DUE = date(2027, 1, 4), date(2027, 1, 25), date(2027, 2, 8)


def at(day: str, hour: int = 10) -> datetime:
    """Return a moment in Vilnius."""
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=VILNIUS)


def filed(kind: CaseKind = CaseKind.COMPLAINT) -> Case:
    """Return a case filed on 2026-12-23 at ten."""
    receipt = receipt_day(FILED, parse_hours("I–V 8.00–17.00"), REST)
    assert receipt == date(2026, 12, 23)
    return received(filing(kind=kind), at=FILED, receipt=receipt)


def on(case: Case, today: date, charter_days: int | None = 5) -> Terms:
    """Return the clocks as they stand on a day."""
    return terms(case, charter_days=charter_days, rest=REST, today=today)


def test_both_clocks_run_over_christmas_and_new_year() -> None:
    clocks = on(filed(), date(2026, 12, 23))
    assert (clocks.charter, clocks.legal) == (CHARTER_DUE, LEGAL_DUE)
    assert clocks.next_due == CHARTER_DUE
    assert not clocks.overdue
    # VAĮ 23 str. 1 d., 11 str. 4 d.
    assert (clocks.deadlines.procedure, clocks.deadlines.forward) == (date(2026, 12, 30), date(2027, 1, 4))


@pytest.mark.parametrize(
    ("today", "charter", "legal"),
    [
        (CHARTER_DUE, False, False),
        (CHARTER_DUE + timedelta(days=1), True, False),
        (LEGAL_DUE, True, False),
        (LEGAL_DUE + timedelta(days=1), True, True),
    ],
)
def test_a_clock_has_run_out_only_after_its_day(today: date, charter: bool, legal: bool) -> None:
    clocks = on(filed(), today)
    assert (clocks.charter_overdue, clocks.legal_overdue) == (charter, legal)
    assert clocks.overdue is (charter or legal)


def test_an_extension_moves_the_law_s_clock_and_not_the_charter_s() -> None:
    case = after(filed(), Extend(days=10, reason="Laukiama išvados."), at=at("2027-01-20"))
    clocks = on(case, LEGAL_DUE + timedelta(days=1))
    assert extension_days(case.history) == 10
    assert (clocks.charter, clocks.legal) == (CHARTER_DUE, EXTENDED_DUE)
    assert not clocks.legal_overdue
    assert clocks.charter_overdue
    assert on(case, EXTENDED_DUE + timedelta(days=1)).legal_overdue


def test_an_open_pause_stops_the_law_s_clock_and_not_the_charter_s() -> None:
    case = after(filed(), PauseCase(reason="Kviečiami tretieji asmenys."), at=at("2026-12-28"))
    clocks = on(case, date(2027, 6, 1))
    assert clocks.legal is None
    assert not clocks.legal_overdue
    assert clocks.charter == CHARTER_DUE
    assert clocks.charter_overdue
    assert clocks.next_due == CHARTER_DUE


def test_after_a_pause_the_clock_goes_on_where_it_stood() -> None:
    paused = after(filed(), PauseCase(reason="Kviečiami tretieji asmenys."), at=at("2026-12-28"))
    # Monday to Monday: four working days (1 January is none) and the Monday's own.
    case = after(paused, Resume(), at=at("2027-01-04"))
    assert pauses(case.history) == (Pause(date(2026, 12, 28), date(2027, 1, 4)),)
    assert on(case, date(2027, 1, 4)).legal == date(2027, 1, 29)


def test_a_pause_that_ends_on_its_day_takes_none() -> None:
    case = after(filed(), PauseCase(reason="Apsirikta."), Resume(), at=at("2027-01-05"))
    assert on(case, date(2027, 1, 5)).legal == LEGAL_DUE


def test_pauses_are_days_of_lithuania() -> None:
    begun = datetime(2027, 1, 5, 0, 30, tzinfo=VILNIUS).astimezone(ZoneInfo("UTC"))
    assert begun.date() == date(2027, 1, 4)
    case = after(filed(), PauseCase(reason="Kviečiami."), at=begun)
    assert pauses(case.history) == (Pause(date(2027, 1, 5), None),)


def test_a_pause_after_the_term_mends_nothing() -> None:
    case = after(filed(), PauseCase(reason="Vėlai susigriebta."), at=at("2027-03-01"))
    clocks = on(case, date(2027, 3, 2))
    assert clocks.legal == LEGAL_DUE
    assert clocks.legal_overdue


def test_several_pauses_add_up_with_an_extension() -> None:
    case = after(filed(), PauseCase(reason="Pirma."), at=at("2026-12-28"))
    case = after(case, Resume(), at=at("2026-12-29"))
    case = after(case, PauseCase(reason="Antra."), at=at("2026-12-29"))
    case = after(case, Resume(), Extend(days=1, reason="Laukiama."), at=at("2026-12-30"))
    assert len(pauses(case.history)) == 2
    # Two days of pause and one of extension after 25 January.
    assert on(case, date(2026, 12, 30)).legal == date(2027, 1, 28)


def test_a_withdrawal_ends_a_pause() -> None:
    case = after(filed(), PauseCase(reason="Kviečiami."), at=at("2026-12-28"))
    case = after(case, Withdraw(), at=at("2026-12-30"))
    assert pauses(case.history) == (Pause(date(2026, 12, 28), date(2026, 12, 30)),)
    assert not on(case, date(2028, 1, 1)).overdue


@pytest.mark.parametrize(
    ("kind", "charter", "legal"),
    [
        (CaseKind.COMPLAINT, CHARTER_DUE, LEGAL_DUE),
        (CaseKind.CHARTER_NOTICE, CHARTER_DUE, LEGAL_DUE),
        (CaseKind.REQUEST, None, LEGAL_DUE),
        (CaseKind.SUGGESTION, None, None),
        (CaseKind.PRAISE, None, None),
    ],
)
def test_each_kind_has_its_clocks(kind: CaseKind, charter: date | None, legal: date | None) -> None:
    clocks = on(filed(kind), date(2028, 1, 1))
    assert (clocks.charter, clocks.legal) == (charter, legal)
    assert clocks.overdue is (legal is not None)
    assert clocks.next_due == (charter or legal)


def test_a_charter_without_a_term_promises_no_day() -> None:
    clocks = on(filed(), date(2028, 1, 1), charter_days=None)
    assert (clocks.charter, clocks.charter_overdue) == (None, False)
    assert clocks.next_due == LEGAL_DUE


def test_a_praise_that_is_a_request_in_law_has_the_law_s_term_from_its_receipt() -> None:
    case = after(filed(CaseKind.PRAISE), Classify(kind=CaseKind.REQUEST, reason="Prašoma."), at=at("2027-02-01"))
    clocks = on(case, date(2027, 2, 1))
    assert clocks.legal == LEGAL_DUE
    assert clocks.legal_overdue


@pytest.mark.parametrize("state", CaseState, ids=lambda state: state.value)
def test_only_what_is_owed_can_be_overdue(state: CaseState) -> None:
    case = after(filed(), *(COMMANDS[kind] for kind in WAY_TO[state]), at=at("2027-01-15"))
    assert case.state is state
    clocks = on(case, date(2028, 1, 1))
    assert clocks.overdue is (state in RUNNING_STATES)


def test_a_case_that_was_decided_late_is_overdue_no_more_but_keeps_its_days() -> None:
    case = after(filed(), Assign(assignee=UNIT), at=at("2027-02-15"))
    assert on(case, date(2027, 2, 15)).overdue
    decided = after(case, Decide(decision=DECISION), at=at("2027-02-15"))
    clocks = on(decided, date(2027, 2, 16))
    assert not clocks.overdue
    assert (clocks.charter, clocks.legal) == (CHARTER_DUE, LEGAL_DUE)
    ended = after(decided, Notify(how="paštu"), Close(reason="Baigta."), at=at("2027-02-16"))
    assert not on(ended, date(2028, 1, 1)).overdue


def test_a_forwarded_case_is_nobody_s_delay_until_it_comes_back() -> None:
    case = after(filed(), Forward(to="Policija", reason="Ne mūsų."), at=at("2026-12-28"))
    assert not on(case, date(2028, 1, 1)).overdue
    back = after(case, Reopen(reason="Grąžinta."), at=at("2027-03-01"))
    assert on(back, date(2027, 3, 1)).legal_overdue


@given(
    steps=st.lists(
        st.tuples(st.sampled_from([EventKind.PAUSED, EventKind.RESUMED, EventKind.EXTENDED]), st.integers(0, 30)),
        max_size=12,
    )
)
def test_the_law_s_day_never_comes_sooner_and_pauses_never_overlap(steps: Sequence[tuple[EventKind, int]]) -> None:
    case, moment = filed(), at("2026-12-23", 12)
    for kind, days in steps:
        moment += timedelta(days=days)
        paused = case.state is CaseState.PAUSED
        lawful = paused if kind is EventKind.RESUMED else not paused
        if lawful and not (kind is EventKind.EXTENDED and extension_days(case.history)):
            before = on(case, moment.date()).legal
            case = after(case, COMMANDS[kind], at=moment)
            now = on(case, moment.date()).legal
            assert now is None or before is None or now >= before
    found = pauses(case.history)
    assert all(earlier.end is not None and earlier.end <= later.start for earlier, later in pairwise(found))
    assert (found[-1].end is None if found else False) is (case.state is CaseState.PAUSED)
