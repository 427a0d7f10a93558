"""Public holidays of Lithuania, under their Lithuanian names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.core.catalogue import Closure
from bot.core.working_days import Rest, RestKind
from bot.services import calendar
from bot.services.calendar import holiday_name, is_holiday, rest_days


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Naujųjų metų diena"),
        (date(2026, 2, 16), "Lietuvos valstybės atkūrimo diena"),
        (date(2026, 3, 11), "Lietuvos nepriklausomybės atkūrimo diena"),
        (date(2026, 4, 6), "Antroji šv. Velykų diena"),
        (date(2026, 11, 2), "Mirusiųjų atminimo (Vėlinių) diena"),
        (date(2026, 12, 24), "Kūčių diena"),
    ],
)
def test_a_holiday_has_its_lithuanian_name(day: date, name: str) -> None:
    assert holiday_name(day) == name
    assert is_holiday(day)


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 23), date(2026, 11, 3)])
def test_ordinary_days_and_weekends_are_no_holidays(day: date) -> None:
    assert holiday_name(day) is None
    assert not is_holiday(day)


def test_easter_moves_with_the_year() -> None:
    assert is_holiday(date(2027, 3, 29))
    assert not is_holiday(date(2026, 3, 29))


def test_a_name_is_never_english() -> None:
    names = {holiday_name(date(2026, month, day)) for month in range(1, 13) for day in range(1, 29)} - {None}
    assert len(names) > 10
    assert not {name for name in names if name and "Day" in name}


@pytest.fixture(params=["C", "en_US.UTF-8"])
def foreign_locale(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A system that speaks no Lithuanian, and no year known from before."""
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.setenv(name, request.param)
    calendar._year.cache_clear()
    yield
    calendar._year.cache_clear()


@pytest.mark.usefixtures("foreign_locale")
def test_a_holiday_is_named_in_lithuanian_on_any_system() -> None:
    assert rest_days(())(date(2026, 11, 2)) == Rest(RestKind.HOLIDAY, "Mirusiųjų atminimo (Vėlinių) diena")
    assert rest_days(())(date(2026, 4, 6)) == Rest(RestKind.HOLIDAY, "Antroji šv. Velykų diena")


CLOSED = rest_days(
    (
        Closure(date(2026, 12, 24), date(2026, 12, 28), "kalėdinės atostogos"),
        Closure(date(2026, 12, 28), date(2026, 12, 30), "remontas"),
    )
)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 12, 23), None),
        (date(2026, 12, 24), Rest(RestKind.HOLIDAY, "Kūčių diena")),
        (date(2026, 12, 27), Rest(RestKind.WEEKEND, None)),
        (date(2026, 12, 28), Rest(RestKind.CLOSURE, "kalėdinės atostogos")),
        (date(2026, 12, 29), Rest(RestKind.CLOSURE, "remontas")),
        (date(2026, 12, 30), Rest(RestKind.CLOSURE, "remontas")),
        (date(2026, 12, 31), None),
        # A holiday on a Saturday is named, though the day would be free anyway.
        (date(2026, 8, 15), Rest(RestKind.HOLIDAY, "Žolinė (Švč. Mergelės Marijos ėmimo į dangų diena)")),
    ],
)
def test_a_day_of_rest_has_its_reason(day: date, why: Rest | None) -> None:
    assert CLOSED(day) == why


def test_the_second_of_november_is_no_rest_day_before_2020() -> None:
    assert rest_days(())(date(2018, 11, 2)) is None
    assert rest_days(())(date(2020, 11, 2)) == Rest(RestKind.HOLIDAY, "Mirusiųjų atminimo (Vėlinių) diena")
