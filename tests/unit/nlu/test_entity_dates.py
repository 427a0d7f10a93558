"""Days in messages: dates of the calendar, days counted from today, weekdays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.entities.entity import Kind
from bot.nlu.entities.extract import extract
from bot.nlu.normalise import fold

# A Saturday.
TODAY = date(2026, 11, 21)
DAYS = {Kind.DATE, Kind.DAY}
anyday = st.dates(date(2001, 1, 1), date(2098, 12, 31))
MONTHS = (
    *("sausio", "vasario", "kovo", "balandžio", "gegužės", "birželio"),
    *("liepos", "rugpjūčio", "rugsėjo", "spalio", "lapkričio", "gruodžio"),
)


def days(text: str, today: date = TODAY) -> list[tuple[str, str]]:
    """Return the days found, as ISO dates with what was typed."""
    return [(entity.value, entity.text) for entity in extract(text, today) if entity.kind in DAYS]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2026-11-21", "2026-11-21"),
        ("2026–11–21", "2026-11-21"),
        ("2026.11.21", "2026-11-21"),
        ("2026 11 21", "2026-11-21"),
        ("2026/11/21", "2026-11-21"),
        ("2026-3-5", "2026-03-05"),
        ("2026-11-21 d.", "2026-11-21"),
        ("21.11.2026", "2026-11-21"),
        ("2026 m. lapkričio 21 d.", "2026-11-21"),
        ("2027 metų kovo 5 d.", "2027-03-05"),
        ("lapkričio 21 d.", "2026-11-21"),
        ("lapkričio 21", "2026-11-21"),
        ("lapkričio 21 dieną", "2026-11-21"),
        ("LAPKRIČIO 21 D.", "2026-11-21"),
        ("lapkričio mėn. 21 d.", "2026-11-21"),
        ("lapkričio mėnesio 3 d.", "2026-11-03"),
        ("lapkr. 20 d.", "2026-11-20"),
        ("21 lapkričio", "2026-11-21"),
        ("lapkričio 16-ąją", "2026-11-16"),
        ("gruodžio 24", "2026-12-24"),
        ("spalio 5 d.", "2026-10-05"),
        ("sausio 5 d.", "2027-01-05"),
        ("vasario 29 d.", "2028-02-29"),
        ("gegužės 3-iąją", "2027-05-03"),
        ("11.21", "2026-11-21"),
        ("10.15 d.", "2026-10-15"),
        ("11-21", "2026-11-21"),
        ("vakar", "2026-11-20"),
        ("užvakar", "2026-11-19"),
        ("šiandien", "2026-11-21"),
        ("šiand", "2026-11-21"),
        ("rytoj", "2026-11-22"),
        ("rytojaus", "2026-11-22"),
        ("poryt", "2026-11-23"),
        ("po rytoj", "2026-11-23"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "tai buvo {} prie namų", "Ar dirbate {}?", "({})"])
def test_a_date_is_given_in_iso_with_and_without_diacritics(written: str, value: str, around: str) -> None:
    assert days(around.format(written)) == [(value, written)]
    assert [found for found, _ in days(fold(around.format(written)))] == [value]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("praėjusį antradienį", "2026-11-17"),
        ("praeitą penktadienį", "2026-11-20"),
        ("praėjusį šeštadienį", "2026-11-14"),
        ("praėjusio trečiadienio", "2026-11-18"),
        ("praėjusios savaitės penktadienį", "2026-11-13"),
        ("praeitą savaitę pirmadienį", "2026-11-09"),
        ("kitą pirmadienį", "2026-11-23"),
        ("kitą sekmadienį", "2026-11-29"),
        ("kitos savaitės trečiadienį", "2026-11-25"),
        ("trečiadienį kitą savaitę", "2026-11-25"),
        ("šį sekmadienį", "2026-11-22"),
        ("artimiausią penktadienį", "2026-11-27"),
        ("šios savaitės antradienį", "2026-11-17"),
        ("ateinančią savaitę antradienį", "2026-11-24"),
        ("ateinantį antradienį", "2026-11-24"),
    ],
)
def test_a_weekday_of_a_named_week_is_a_date(written: str, value: str) -> None:
    for text in (written, fold(written), f"buvau {written} pas jus"):
        (entity,) = extract(text, TODAY)
        assert (entity.kind, entity.value) == (Kind.DATE, value)
        assert fold(entity.text) == fold(written)


def test_next_means_the_next_calendar_week_and_last_the_last_before_today() -> None:
    wednesday = date(2026, 11, 18)
    assert days("kitą penktadienį", wednesday)[0][0] == "2026-11-27"
    assert days("šį penktadienį", wednesday)[0][0] == "2026-11-20"
    assert days("ateinančią savaitę penktadienį", wednesday)[0][0] == "2026-11-27"
    assert days("praėjusį trečiadienį", wednesday)[0][0] == "2026-11-11"


@pytest.mark.parametrize(
    ("stem", "value"),
    [
        ("pirmadien", "2026-11-23"),
        ("antradien", "2026-11-24"),
        ("trečiadien", "2026-11-25"),
        ("ketvirtadien", "2026-11-26"),
        ("penktadien", "2026-11-27"),
        ("šeštadien", "2026-11-21"),
        ("sekmadien", "2026-11-22"),
    ],
)
@pytest.mark.parametrize("ending", "is io iui į iu yje iai ių iams ius iais iuose".split())
def test_a_bare_weekday_in_any_case_is_the_coming_one(stem: str, value: str, ending: str) -> None:
    for word in (stem + ending, fold(stem + ending), (stem + ending).upper()):
        (entity,) = extract(f"ar dirba {word}?", TODAY)
        assert (entity.kind, entity.value, entity.text) == (Kind.DAY, value, word)


@pytest.mark.parametrize(
    "text",
    [
        "mart",
        "mart 5",
        "may 5",
        "sausinti 3 drabužius",
        "vasaros 3 mėnesiai",
        "kovoti 5",
        "lapkričio 31 d.",
        "vasario 30 d.",
        "2026-13-01",
        "2026-02-30",
        "8.00–17.00",
        "10.15 val.",
        "nuo 10-12",
        "darbo laikas 10-12 val.",
        "iki 12.15",
        "kainuoja 11.21 Eur",
        "12.24 €",
        "pagal 11.21 punktą",
        "Vytauto g. 12",
        "gyvenu Birutės 12-24",
        "gyvenu birutes 12-24",
        "labas vakaras",
        "vakare nedega",
        "rytas",
        "Rytų gatvė",
        "per 21 dieną",
        "1.11.21.3",
        "LT-21106",
        "8 612 11-21",
        "diena",
    ],
)
def test_other_words_and_numbers_are_no_day(text: str) -> None:
    assert days(text) == []


def test_several_days_come_in_the_order_of_the_text() -> None:
    assert days("nuo pirmadienio iki lapkričio 27 d., o vakar nedirbo") == [
        ("2026-11-23", "pirmadienio"),
        ("2026-11-27", "lapkričio 27 d."),
        ("2026-11-20", "vakar"),
    ]


@given(anyday, anyday)
def test_a_full_date_means_that_day_whatever_day_it_is(day: date, today: date) -> None:
    for text in (f"{day:%Y-%m-%d}", f"{day:%Y.%m.%d}", f"{day.year} m. {MONTHS[day.month - 1]} {day.day} d."):
        assert days(text, today) == [(day.isoformat(), text)]


@given(anyday, st.integers(-150, 150))
def test_a_date_without_a_year_is_the_nearest_one(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    if (day.month, day.day) != (2, 29):
        assert days(f"{MONTHS[day.month - 1]} {day.day} d.", today)[0][0] == day.isoformat()


@given(anyday, st.sampled_from(["pirmadienį", "trečiadienį", "sekmadienį"]))
def test_last_this_and_next_weekday_keep_their_order(today: date, weekday: str) -> None:
    last, coming, following = (
        date.fromisoformat(days(f"{which} {weekday}", today)[0][0]) for which in ("praėjusį", "šį", "kitą")
    )
    assert today - timedelta(days=7) <= last < today <= coming
    assert today < following <= today + timedelta(days=13)
    assert last.weekday() == coming.weekday() == following.weekday()
