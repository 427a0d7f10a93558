"""Opening hours in the words of Lithuanian institutions."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.hours import (
    ALL_DAY,
    Interval,
    WeekHours,
    is_open,
    next_opening,
    opening_on,
    opens_on_weekdays,
    parse_hours,
)

VILNIUS = ZoneInfo("Europe/Vilnius")
OFFICE = "I–IV 8.00–17.00, V 8.00–15.45, pietų pertrauka 12.00–12.45"
MONDAY = date(2026, 11, 23)


def shown(hours: WeekHours | None) -> list[str]:
    """Each weekday's intervals in print."""
    assert hours is not None
    return [" ".join(map(str, day)) for day in hours.days]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A local time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VILNIUS)


def never(_day: date) -> bool:
    """No public holidays."""
    return False


def office() -> WeekHours:
    """The hours of a town hall."""
    hours = parse_hours(OFFICE)
    assert hours is not None
    return hours


FULL = "8.00–12.00 12.45–17.00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OFFICE, [FULL, FULL, FULL, FULL, "8.00–12.00 12.45–15.45", "", ""]),
        (
            "I–IV 8.00–12.00 ir 12.45–17.00, V 8.00–12.00 ir 12.45–16.45",
            [FULL, FULL, FULL, FULL, "8.00–12.00 12.45–16.45", "", ""],
        ),
        (
            "Antradienį–ketvirtadienį 9–18 val., penktadienį–šeštadienį 9–15 val.",
            ["", "9.00–18.00", "9.00–18.00", "9.00–18.00", "9.00–15.00", "9.00–15.00", ""],
        ),
        ("I-V 8:00-17:00", ["8.00–17.00"] * 5 + ["", ""]),
        ("I–V nuo 8.00 iki 17.00 val.", ["8.00–17.00"] * 5 + ["", ""]),
        ("Darbo laikas: I–V: 8–17, VI – nedirba", ["8.00–17.00"] * 5 + ["", ""]),
        ("pirmadieniais–penktadieniais 10.00–18.00", ["10.00–18.00"] * 5 + ["", ""]),
        ("pirmadieniais-penktadieniais 10–18, VI, VII 10–15.", ["10.00–18.00"] * 5 + ["10.00–15.00"] * 2),
        ("I, III 8–12; II ir IV 13–17", ["8.00–12.00", "13.00–17.00"] * 2 + ["", "", ""]),
        ("darbo dienomis 8–17", ["8.00–17.00"] * 5 + ["", ""]),
        ("Kasdien 9–18", ["9.00–18.00"] * 7),
        ("I–VII 0.00–24.00", ["0.00–24.00"] * 7),
        ("visą parą", ["0.00–24.00"] * 7),
        ("kasdien visą parą", ["0.00–24.00"] * 7),
        ("I–V 8.00–17.00 (be pietų pertraukos)", ["8.00–17.00"] * 5 + ["", ""]),
        ("i-v 8–17, visa parą", None),
        (
            "I–V 8.00–17.00, VI 9–12, pietų pertrauka 12–13",
            ["8.00–12.00 13.00–17.00"] * 5 + ["9.00–12.00", ""],
        ),
    ],
)
def test_published_hours_are_read(text: str, expected: list[str] | None) -> None:
    hours = parse_hours(text)
    assert (hours and shown(hours)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "susitarus telefonu",
        "8.00–17.00",
        "I–V",
        "I–V 17–8",
        "V–I 8–17",
        "I–V 8–25",
        "I–V 8.00–17.75",
        "I–V 8–17, V 9–12",
        "I–V 8–13 ir 12–17",
        "I–V 8–17, išskyrus švenčių dienas",
        "I–V 8–17, pietų pertrauka 12–13, VI 9–12",
        "I–V 8–17, pirmą mėnesio antradienį iki 18",
        "VI nedirba",
        "I–V 1200–1300",
        "2024-01-02",
    ],
)
def test_what_is_not_surely_a_schedule_is_not_guessed(text: str) -> None:
    assert parse_hours(text) is None


@given(st.text(alphabet="IV 0123456789.:–-,;iretpadnsvlį()", max_size=40))
def test_any_text_gives_ordered_intervals_or_none(text: str) -> None:
    hours = parse_hours(text)
    if hours is not None:
        assert len(hours.days) == 7
        for day in hours.days:
            edges = [edge for span in day for edge in (span.start, span.end)]
            assert edges == sorted(edges)
            assert all(span.start < span.end for span in day)


@given(st.integers(0, 1438), st.integers(1, 1439), st.integers(0, 6))
def test_printed_hours_are_read_back(start: int, length: int, day: int) -> None:
    span = Interval(start, min(start + length, 1440))
    hours = parse_hours(f"{('I', 'II', 'III', 'IV', 'V', 'VI', 'VII')[day]} {span}")
    assert hours is not None
    assert hours.days[day] == (span,)


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [
        (7, 59, False),
        (8, 0, True),
        (12, 0, False),
        (12, 44, False),
        (12, 45, True),
        (16, 59, True),
        (17, 0, False),
    ],
)
def test_the_door_opens_and_closes_on_the_minute(hour: int, minute: int, expected: bool) -> None:
    assert is_open(office(), at(MONDAY, hour, minute), False) is expected


def test_a_public_holiday_is_closed() -> None:
    assert not is_open(office(), at(MONDAY, 10), True)


def test_what_never_closes_is_open_on_a_holiday() -> None:
    hours = WeekHours(((ALL_DAY,),) * 7)
    assert is_open(hours, at(MONDAY, 3), True)


def test_the_day_before_a_holiday_is_not_assumed_to_be_shorter() -> None:
    christmas_eve_eve = date(2026, 12, 23)
    assert is_open(office(), at(christmas_eve_eve, 16, 30), False)


def test_opening_on_a_day_gives_its_intervals() -> None:
    assert opening_on(office(), date(2026, 11, 27)) == (Interval(480, 720), Interval(765, 945))
    assert opening_on(office(), date(2026, 11, 28)) == ()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(MONDAY, 7), at(MONDAY, 8)),
        (at(MONDAY, 8), at(MONDAY, 12, 45)),
        (at(MONDAY, 12, 10), at(MONDAY, 12, 45)),
        (at(MONDAY, 18), at(MONDAY + timedelta(days=1), 8)),
        (at(date(2026, 11, 28), 10), at(date(2026, 11, 30), 8)),
    ],
)
def test_a_closed_office_is_named_with_its_next_opening(now: datetime, expected: datetime) -> None:
    assert next_opening(office(), now, never) == expected


def test_the_next_opening_passes_over_public_holidays() -> None:
    holidays = {date(2026, 12, 24), date(2026, 12, 25)}
    found = next_opening(office(), at(date(2026, 12, 23), 18), holidays.__contains__)
    assert found == at(date(2026, 12, 28), 8)


def test_no_opening_within_two_weeks_is_none() -> None:
    assert next_opening(office(), at(MONDAY, 18), lambda _day: True) is None


@pytest.mark.parametrize(
    ("text", "expected"), [(OFFICE, True), ("V 8–9", True), ("visą parą", True), ("VI–VII 10–15", False)]
)
def test_hours_of_the_weekend_alone_open_on_no_weekday(text: str, *, expected: bool) -> None:
    hours = parse_hours(text)
    assert hours is not None
    assert opens_on_weekdays(hours) is expected
