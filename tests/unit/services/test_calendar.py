"""Public holidays of Lithuania, under their Lithuanian names."""

from __future__ import annotations

from datetime import date

import pytest

from bot.services.calendar import holiday_name, is_holiday


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
