"""Days that residents name in questions about hours."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.days import asks_about_now, named_days, without_time
from bot.nlu.normalise import fold

SATURDAY = date(2026, 11, 21)


def days(text: str, today: date = SATURDAY) -> list[str]:
    """Return the named days as ISO dates."""
    return [day.isoformat() for day in named_days(text, today)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ar šiandien dirba", "2026-11-21"),
        ("ar siandien dirba", "2026-11-21"),
        ("ar dirbsite rytoj", "2026-11-22"),
        ("o poryt?", "2026-11-23"),
        ("ar dirba šeštadienį", "2026-11-21"),
        ("ar dirba sestadieni", "2026-11-21"),
        ("sekmadieniais dirbate?", "2026-11-22"),
        ("iki kelių penktadienį", "2026-11-27"),
        ("ar dirba TREČIADIENĮ", "2026-11-25"),
    ],
)
def test_a_day_near_today_is_the_next_such_day(text: str, expected: str) -> None:
    assert days(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ar dirbate vasario 16", "2027-02-16"),
        ("vasario 16-ąją", "2027-02-16"),
        ("Kovo 11 d.", "2027-03-11"),
        ("gruodžio 24 d.", "2026-12-24"),
        ("gruodzio 24", "2026-12-24"),
        ("lapkričio 21", "2026-11-21"),
        ("lapkričio 20", "2027-11-20"),
        ("12-24", "2026-12-24"),
        ("2027-01-02", "2027-01-02"),
        ("2025-01-02", "2025-01-02"),
        ("vasario 29", "2028-02-29"),
        ("2026 m. gruodžio 24 d.", "2026-12-24"),
        ("ar dirbsite kitą pirmadienį", "2026-11-23"),
        ("ar vakar dirbote", "2026-11-20"),
    ],
)
def test_a_date_is_the_next_such_date_unless_its_year_is_named(text: str, expected: str) -> None:
    assert days(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("per Kalėdas", ["2026-12-25", "2026-12-26"]),
        ("per kucias", ["2026-12-24"]),
        ("Naujųjų metų dieną", ["2027-01-01"]),
        ("per Velykas", ["2027-03-28", "2027-03-29"]),
        ("ar dirbate per Jonines", ["2027-06-24"]),
        ("per žolinę", ["2027-08-15"]),
        ("per Vėlines", ["2027-11-02"]),
        ("Mindaugines", ["2027-07-06"]),
        ("Visų šventųjų dieną", ["2027-11-01"]),
    ],
)
def test_a_feast_is_named_by_its_name(text: str, expected: list[str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(("year", "easter"), [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05")])
def test_easter_falls_where_the_calendar_puts_it(year: int, easter: str) -> None:
    assert days("per velykas", date(year, 1, 1))[0] == easter


def test_easter_of_the_next_year_is_meant_when_this_years_is_over() -> None:
    assert days("per velykas", date(2026, 4, 6))[0] == "2027-03-28"


@pytest.mark.parametrize(
    "text",
    [
        "kada dirbate",
        "nuo 10-12",
        "darbo laikas 10-12 val.",
        "tarp 10-12",
        "vasario 30",
        "vasaros 3 mėnesius",
        "13-45",
        "8.00-17.00",
        "",
        "?",
    ],
)
def test_hours_and_impossible_dates_name_no_day(text: str) -> None:
    assert days(text) == []


def test_a_weekend_is_saturday_and_sunday_and_two_days_come_in_order() -> None:
    assert days("ar dirbate savaitgaliais") == ["2026-11-21", "2026-11-22"]
    assert days("penktadienį ar pirmadienį") == ["2026-11-23", "2026-11-27"]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["pirmadienį", "trečiadienį", "sekmadienį"]))
def test_a_weekday_lies_within_the_coming_week(today: date, weekday: str) -> None:
    (day,) = named_days(weekday, today)
    assert today <= day < today + timedelta(days=7)


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert list(named_days(text, SATURDAY)) == sorted(named_days(text, SATURDAY))
    assert len(without_time(text)) <= len(fold(text)) + 1


@pytest.mark.parametrize(
    ("text", "now"),
    [("ar dabar dirba", True), ("ar šiuo metu atidaryta", True), ("ar dar dirba", True), ("kada dirba", False)],
)
def test_this_moment_is_told_from_a_day(text: str, now: bool) -> None:
    assert asks_about_now(text) is now


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ar dirba šeštadienį Lentvario seniūnija", "ar lentvario seniunija"),
        ("iki kelių valandų dirbate vasario 16 d.", "iki ."),
        ("o per Kalėdas?", "o per ?"),
        ("baseino darbo laikas", "baseino darbo"),
        ("kada priima Merkinės seniūnas", "kada merkines seniunas"),
    ],
)
def test_a_name_is_left_when_the_words_about_time_are_taken_out(text: str, left: str) -> None:
    assert without_time(text).split() == left.split()
