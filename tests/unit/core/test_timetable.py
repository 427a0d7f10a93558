"""The mobile library's timetable."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.catalogue import Stop
from bot.core.timetable import (
    WEEKDAYS,
    Visit,
    by_weekday,
    find_stop,
    next_visit,
    parse_visit,
    weekday_number,
)

VILNIUS = ZoneInfo("Europe/Vilnius")


def stop(settlement: str, weekday: str, span: str) -> Stop:
    """A stop."""
    return Stop(settlement=settlement, weekday=weekday, time=span)


LISKIAVA = stop("Liškiava", "trečiadienis", "9.30–10.30")
KURSIAI = stop("Kuršiai", "ketvirtadienis", "14.15–16.00")
PIRCIUPIAI = stop("Pirčiupiai", "ketvirtadienis", "9.30–11.00")
DRUCKUNAI = stop("Druckūnai", "pirmadienis", "9.30–11.00")
STOPS = (LISKIAVA, KURSIAI, PIRCIUPIAI, DRUCKUNAI)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9.30–11.00", Visit(time(9, 30), time(11))),
        ("09:30-11:00", Visit(time(9, 30), time(11))),
        ("11.00–9.30", None),
        ("9.30", None),
        ("9.30–25.00", None),
        ("9.75–11.00", None),
        ("rytais", None),
    ],
)
def test_a_span_is_read_or_refused(text: str, expected: Visit | None) -> None:
    assert parse_visit(text) == expected


def test_weekdays_are_known_without_diacritics() -> None:
    assert [weekday_number(name) for name in WEEKDAYS] == list(range(7))
    assert weekday_number("Treciadienis") == 2
    assert weekday_number("šiandien") is None


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["į", "Liškiavą"], LISKIAVA),
        (["liskiavon"], LISKIAVA),
        (["is", "liskiavos"], LISKIAVA),
        (["kada", "Druckūnuose"], DRUCKUNAI),
        (["kursiuose"], KURSIAI),
        (["Pirčiupių"], PIRCIUPIAI),
        (["Puvočius"], None),
        (["biblioteka", "kada"], None),
        ([], None),
    ],
)
def test_a_stop_is_found_by_an_inflected_name(names: list[str], expected: Stop | None) -> None:
    assert find_stop(names, STOPS) == expected


def test_a_name_as_written_counts_before_an_inflected_one() -> None:
    plural, singular = (
        stop("Varenos", "pirmadienis", "9.00–10.00"),
        stop("Varena", "pirmadienis", "9.00–10.00"),
    )
    assert find_stop(["Varenos"], (singular, plural)) == plural


WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (WEDNESDAY - timedelta(days=1), time(12), WEDNESDAY),
        (WEDNESDAY, time(8), WEDNESDAY),
        (WEDNESDAY, time(10, 29), WEDNESDAY),
        (WEDNESDAY, time(10, 30), WEDNESDAY + timedelta(days=7)),
        (WEDNESDAY + timedelta(days=1), time(0), WEDNESDAY + timedelta(days=7)),
    ],
)
def test_today_counts_while_the_visit_is_not_over(day: date, clock: time, expected: date) -> None:
    assert next_visit(LISKIAVA, datetime.combine(day, clock, tzinfo=VILNIUS)) == expected


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 - made aware below
def test_the_next_visit_is_within_a_week_on_its_weekday(moment: datetime) -> None:
    found = next_visit(LISKIAVA, moment.replace(tzinfo=VILNIUS))
    assert 0 <= (found - moment.date()).days <= 7
    assert found.weekday() == 2


def test_a_stop_without_a_weekday_has_no_next_visit() -> None:
    with pytest.raises(ValueError, match="kasdien"):
        next_visit(stop("Kuršiai", "kasdien", "9.00–10.00"), datetime(2026, 11, 25, tzinfo=VILNIUS))


def test_stops_are_listed_by_day_and_hour() -> None:
    assert by_weekday(STOPS) == (
        ("pirmadienis", (DRUCKUNAI,)),
        ("trečiadienis", (LISKIAVA,)),
        ("ketvirtadienis", (PIRCIUPIAI, KURSIAI)),
    )
