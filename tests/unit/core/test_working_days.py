"""Working days: the vectors of the reference (standards.md 1.5), and the laws that any counting keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.catalogue import Closure
from bot.core.hours import WeekHours, parse_hours
from bot.core.working_days import (
    CountedDay,
    Pause,
    Rest,
    RestDays,
    RestKind,
    add_working_days,
    explain,
    nth_working_day,
    receipt_day,
    working_days_between,
)
from bot.services.calendar import rest_days

REST = rest_days(())
VILNIUS = ZoneInfo("Europe/Vilnius")


def hours(text: str) -> WeekHours:
    """The hours that the text names."""
    week = parse_hours(text)
    assert week is not None
    return week


OFFICE = hours("I–V 8.00–17.00")
TRAKAI = hours("I–IV 8.00–17.00, V 8.00–15.45, pietų pertrauka 12.00–12.45")


def no_rest(_day: date) -> None:
    """Every day is a working day."""


def always_rest(_day: date) -> Rest:
    """The office is closed for good."""
    return Rest(RestKind.CLOSURE, "uždaryta")


def at(stamp: str) -> datetime:
    """A moment in Vilnius: "2026-04-02 18:30"."""
    return datetime.fromisoformat(stamp).replace(tzinfo=VILNIUS)


def day(text: str, year: int = 2026) -> date:
    """A date, of 2026 unless it has a year of its own: "04-03"."""
    return date.fromisoformat(text if len(text) > 5 else f"{year}-{text}")


# Received; receipt day, then 3, 5, 20 and 30 working days later (20 and an extension of 10).
VECTORS = [
    ("2026-04-02 18:30", "04-03", "04-09", "04-13", "05-05", "05-19"),
    ("2026-12-23 10:00", "12-23", "12-30", "2027-01-04", "2027-01-25", "2027-02-08"),
    ("2026-02-13 16:00", "02-13", "02-19", "02-23", "03-17", "03-31"),
    ("2026-10-30 17:30", "11-03", "11-06", "11-10", "12-01", "12-15"),
    ("2026-06-23 09:00", "06-23", "06-29", "07-01", "07-23", "08-06"),
    ("2026-07-04 12:00", "07-07", "07-10", "07-14", "08-04", "08-18"),
]


@pytest.mark.parametrize(("stamp", "receipt", "three", "five", "twenty", "extended"), VECTORS)
def test_the_vectors_of_the_reference_hold(
    stamp: str, *, receipt: str, three: str, five: str, twenty: str, extended: str
) -> None:
    received = receipt_day(at(stamp), OFFICE, REST)
    assert received == day(receipt)
    due = [add_working_days(received, count, REST) for count in (3, 5, 20, 30)]
    assert due == [day(three), day(five), day(twenty), day(extended)]


@pytest.mark.parametrize(("stamp", "receipt"), [vector[:2] for vector in VECTORS])
def test_without_hours_the_office_closes_at_five(stamp: str, receipt: str) -> None:
    assert receipt_day(at(stamp), None, REST) == day(receipt)


@pytest.mark.parametrize(
    ("stamp", "receipt"),
    [
        ("2026-11-20 15:44", "11-20"),
        ("2026-11-20 15:45", "11-23"),
        ("2026-11-19 15:45", "11-19"),
        ("2026-11-19 16:59", "11-19"),
        ("2026-11-19 17:00", "11-20"),
        ("2026-11-19 12:15", "11-19"),
        ("2026-11-19 05:00", "11-19"),
        ("2026-11-21 10:00", "11-23"),
    ],
)
def test_trakai_closes_earlier_on_fridays_and_its_break_ends_no_day(stamp: str, receipt: str) -> None:
    assert receipt_day(at(stamp), TRAKAI, REST) == day(receipt)


@pytest.mark.parametrize("stamp", ["2026-11-19 17:00", "2026-11-20 09:00", "2026-11-21 09:00", "2026-11-22 23:59"])
def test_an_office_that_does_not_open_on_fridays_receives_on_monday(stamp: str) -> None:
    assert receipt_day(at(stamp), hours("I–IV 8–17"), REST) == day("11-23")


def test_an_opening_on_a_saturday_makes_it_no_working_day() -> None:
    assert receipt_day(at("2026-11-21 10:00"), hours("I–VI 8–17"), REST) == day("11-23")


def test_what_never_closes_receives_until_midnight() -> None:
    assert receipt_day(at("2026-11-20 23:59"), hours("visą parą"), REST) == day("11-20")


def test_nothing_is_received_during_a_closure() -> None:
    closed = rest_days((Closure(day("11-23"), day("11-24"), "remontas"),))
    assert receipt_day(at("2026-11-20 18:00"), OFFICE, closed) == day("11-25")
    assert receipt_day(at("2026-11-24 10:00"), OFFICE, closed) == day("11-25")


def test_the_second_of_november_is_a_holiday_only_from_2020() -> None:
    assert nth_working_day(date(2018, 10, 31), 1, REST) == date(2018, 11, 2)
    assert nth_working_day(date(2021, 10, 29), 1, REST) == date(2021, 11, 3)


@pytest.mark.parametrize(
    ("good_friday", "tuesday"),
    [
        (date(2024, 3, 29), date(2024, 4, 2)),
        (date(2026, 4, 3), date(2026, 4, 7)),
        (date(2027, 3, 26), date(2027, 3, 30)),
    ],
)
def test_good_friday_is_worked_and_easter_monday_is_not(good_friday: date, tuesday: date) -> None:
    assert nth_working_day(good_friday - timedelta(days=1), 1, REST) == good_friday
    assert nth_working_day(good_friday, 1, REST) == tuesday


def test_a_holiday_on_a_weekend_gives_no_free_weekday_instead() -> None:
    # 15 August 2026 is a Saturday.
    assert nth_working_day(date(2026, 8, 14), 1, REST) == date(2026, 8, 17)


def test_working_days_are_counted_after_the_first_day_and_with_the_last() -> None:
    assert working_days_between(day("11-20"), day("11-23"), REST) == 1
    assert working_days_between(day("11-20"), day("11-22"), REST) == 0
    assert working_days_between(day("04-03"), day("05-05"), REST) == 20


def test_an_answer_before_the_receipt_day_took_no_working_day() -> None:
    assert working_days_between(day("11-23"), day("11-21"), REST) == 0


def test_an_open_pause_leaves_no_due_day() -> None:
    assert add_working_days(day("11-20"), 5, REST, [Pause(day("11-24"), None)]) is None


def test_an_open_pause_after_the_due_day_changes_nothing() -> None:
    assert add_working_days(day("11-20"), 5, REST, [Pause(day("11-28"), None)]) == day("11-27")


def test_an_open_pause_before_the_receipt_stops_the_clock_at_once() -> None:
    assert add_working_days(day("11-20"), 1, REST, [Pause(day("11-01"), None)]) is None


def test_a_pause_ends_before_its_last_day() -> None:
    assert add_working_days(day("11-20"), 2, REST, [Pause(day("11-24"), day("11-26"))]) == day("11-26")


def test_a_day_in_two_pauses_is_left_out_once() -> None:
    pauses = [Pause(day("11-23"), day("11-25")), Pause(day("11-24"), day("11-26"))]
    assert add_working_days(day("11-20"), 1, REST, pauses) == day("11-26")


def test_a_pause_of_no_day_changes_nothing() -> None:
    assert add_working_days(day("11-20"), 2, REST, [Pause(day("11-23"), day("11-23"))]) == day("11-24")


def test_a_pause_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="starts on 2026-11-24 cannot end on 2026-11-23"):
        Pause(day("11-24"), day("11-23"))


@pytest.mark.parametrize("count", [0, -1])
def test_a_term_of_no_days_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"not {count}"):
        add_working_days(day("11-20"), count, REST)
    with pytest.raises(ValueError, match=f"not {count}"):
        explain(day("11-20"), count, REST)


def test_an_office_that_never_opens_again_is_refused_instead_of_searched_for_ever() -> None:
    with pytest.raises(ValueError, match="within ten years of 2026-11-20"):
        add_working_days(day("11-20"), 1, always_rest)
    with pytest.raises(ValueError, match="within ten years"):
        receipt_day(at("2026-11-20 10:00"), OFFICE, always_rest)
    with pytest.raises(ValueError, match="within ten years"):
        receipt_day(at("2026-11-20 10:00"), WeekHours(((),) * 7), REST)


def test_an_absurdly_long_term_is_refused() -> None:
    with pytest.raises(ValueError, match="a term, a closure or a pause"):
        add_working_days(day("11-20"), 1_000_000, REST)


def test_the_calendar_ends_with_an_error_that_says_so() -> None:
    with pytest.raises(ValueError, match="not reached"):
        add_working_days(date(9999, 12, 30), 2, no_rest)


def test_the_explanation_names_each_day_and_why_it_does_not_count() -> None:
    closed = rest_days((Closure(day("12-28"), day("12-28"), "inventorizacija"),))
    days = explain(day("12-23"), 2, closed, [Pause(day("12-30"), day("12-31"))])
    holiday, weekend, closure = RestKind.HOLIDAY, RestKind.WEEKEND, RestKind.CLOSURE
    assert days == (
        CountedDay(day("12-24"), None, Rest(holiday, "Kūčių diena"), paused=False),
        CountedDay(day("12-25"), None, Rest(holiday, "Šv. Kalėdų pirma diena"), paused=False),
        CountedDay(day("12-26"), None, Rest(holiday, "Šv. Kalėdų antra diena"), paused=False),
        CountedDay(day("12-27"), None, Rest(weekend, None), paused=False),
        CountedDay(day("12-28"), None, Rest(closure, "inventorizacija"), paused=False),
        CountedDay(day("12-29"), 1, None, paused=False),
        CountedDay(day("12-30"), None, None, paused=True),
        CountedDay(day("12-31"), 2, None, paused=False),
    )


def test_a_rest_day_within_a_pause_is_both() -> None:
    saturday = explain(day("11-20"), 1, REST, [Pause(day("11-21"), day("11-23"))])[0]
    assert saturday == CountedDay(day("11-21"), None, Rest(RestKind.WEEKEND, None), paused=True)


def test_the_explanation_of_a_stopped_clock_ends_on_the_first_day_of_the_pause() -> None:
    days = explain(day("11-20"), 20, REST, [Pause(day("11-25"), None)])
    assert [counted.number for counted in days] == [None, None, 1, 2, None]
    assert days[-1] == CountedDay(day("11-25"), None, None, paused=True)


DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
COUNTS = st.integers(1, 60)
SPANS = st.integers(0, 40).map(lambda length: timedelta(days=length))


@st.composite
def rests(draw: st.DrawFn) -> RestDays:
    """The rest days of Lithuania and a few closures."""
    starts = draw(st.lists(DAYS, max_size=3))
    return rest_days([Closure(start, start + draw(SPANS), "uždaryta") for start in starts])


@st.composite
def closed_pauses(draw: st.DrawFn, near: date) -> Sequence[Pause]:
    """Pauses that have ended, around a day."""
    starts = draw(st.lists(st.dates(near - timedelta(days=30), near + timedelta(days=90)), max_size=3))
    return [Pause(start, start + draw(SPANS)) for start in starts]


@given(DAYS, st.integers(0, 60), COUNTS, rests(), st.data())
def test_who_comes_later_is_not_due_earlier(
    first: date, later: int, count: int, rest: RestDays, data: st.DataObject
) -> None:
    pauses = data.draw(closed_pauses(first))
    due = add_working_days(first, count, rest, pauses)
    due_later = add_working_days(first + timedelta(days=later), count, rest, pauses)
    assert due is not None
    assert due_later is not None
    assert due <= due_later


@given(DAYS, COUNTS, COUNTS, rests(), st.data())
def test_a_longer_term_ends_later(start: date, count: int, more: int, rest: RestDays, data: st.DataObject) -> None:
    pauses = data.draw(closed_pauses(start))
    due, due_later = (add_working_days(start, n, rest, pauses) for n in (count, count + more))
    assert due is not None
    assert due_later is not None
    assert start < due < due_later


@given(DAYS, COUNTS, rests(), st.data())
def test_nothing_is_due_on_a_rest_day_or_in_a_pause(
    start: date, count: int, rest: RestDays, data: st.DataObject
) -> None:
    pauses = data.draw(closed_pauses(start))
    due = add_working_days(start, count, rest, pauses)
    assert due is not None
    assert rest(due) is None
    assert not any(pause.covers(due) for pause in pauses)


@given(DAYS, COUNTS, rests())
def test_counting_and_counting_back_agree(start: date, count: int, rest: RestDays) -> None:
    assert working_days_between(start, nth_working_day(start, count, rest), rest) == count


@given(DAYS, COUNTS, rests(), SPANS, st.data())
def test_a_pause_within_the_term_adds_exactly_its_working_days(
    start: date, count: int, rest: RestDays, length: timedelta, data: st.DataObject
) -> None:
    due = nth_working_day(start, count, rest)
    began = data.draw(st.dates(start + timedelta(days=1), due))
    pause = Pause(began, began + length)
    inside = sum(rest(began + timedelta(days=n)) is None for n in range(length.days))
    paused_due = add_working_days(start, count, rest, [pause])
    assert paused_due is not None
    assert working_days_between(due, paused_due, rest) == inside


@given(DAYS, COUNTS, rests(), SPANS, st.integers(1, 400))
def test_a_pause_outside_the_term_adds_nothing(
    start: date, count: int, rest: RestDays, length: timedelta, after: int
) -> None:
    due = nth_working_day(start, count, rest)
    ended, late = Pause(start - length, start + timedelta(days=1)), Pause(due + timedelta(days=after), None)
    assert add_working_days(start, count, rest, [ended, late]) == due


@given(DAYS, COUNTS, rests(), st.data())
def test_the_explanation_ends_on_the_due_day_and_leaves_no_day_or_number_out(
    start: date, count: int, rest: RestDays, data: st.DataObject
) -> None:
    pauses = data.draw(closed_pauses(start))
    days = explain(start, count, rest, pauses)
    assert days[-1].day == add_working_days(start, count, rest, pauses)
    assert [counted.day for counted in days] == [start + timedelta(days=n) for n in range(1, len(days) + 1)]
    assert [counted.number for counted in days if counted.number] == list(range(1, count + 1))
    assert all((counted.number is None) == (counted.paused or counted.rest is not None) for counted in days)


@given(DAYS, st.times(), st.sampled_from([None, OFFICE, TRAKAI, hours("II–IV 9–12")]), rests())
def test_the_receipt_day_is_the_first_on_which_the_office_works(
    arrived: date, clock: time, week: WeekHours | None, rest: RestDays
) -> None:
    received = receipt_day(datetime.combine(arrived, clock), week, rest)
    assert received >= arrived
    assert rest(received) is None
    between = (arrived + timedelta(days=n) for n in range(1, (received - arrived).days))
    assert all(rest(free) or not (week or OFFICE).days[free.weekday()] for free in between)


@given(DAYS, st.times(), st.timedeltas(timedelta(0), timedelta(days=365)), rests())
def test_who_writes_later_is_not_received_earlier(arrived: date, clock: time, later: timedelta, rest: RestDays) -> None:
    moment = datetime.combine(arrived, clock)
    assert receipt_day(moment, TRAKAI, rest) <= receipt_day(moment + later, TRAKAI, rest)
