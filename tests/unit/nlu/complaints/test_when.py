"""The day of what happened, seen from a Saturday."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.complaints.when import Problem, Told, when_in
from bot.nlu.normalise import fold

TODAY = date(2026, 11, 21)
anyday = st.dates(date(2001, 1, 1), date(2098, 12, 31))
WEEKDAYS = ("pirmadienį", "antradienį", "trečiadienį", "ketvirtadienį", "penktadienį", "šeštadienį", "sekmadienį")

DAYS = """
antradienį|2026-11-17
praėjusį antradienį|2026-11-17
šį pirmadienį|2026-11-16
šeštadienį|2026-11-21
sekmadienį|2026-11-15
nuo pirmadienio|2026-11-16
praėjusios savaitės antradienį|2026-11-10
vakar|2026-11-20
užvakar vakare|2026-11-19
užužvakar|2026-11-18
šiandien ryte|2026-11-21
ką tik, prieš valandą|2026-11-21
prieš tris dienas|2026-11-18
prieš 3 dienas|2026-11-18
prieš dešimt dienų|2026-11-11
prieš dieną|2026-11-20
prieš savaitę|2026-11-14
prieš dvi savaites|2026-11-07
lapkričio 3 d.|2026-11-03
lapkričio 21|2026-11-21
gruodžio 24|2025-12-24
sausio 5 d.|2026-01-05
vasario 29 d.|2024-02-29
29 vasario|2024-02-29
kovo 8 d. 2025|2025-03-08
2026-11-05|2026-11-05
2026.11.05|2026-11-05
5.11.2026|2026-11-05
2026 m. lapkričio 5 d.|2026-11-05
10-31|2026-10-31
09.15 d.|2026-09-15
11 mėn. 5 d.|2026-11-05
2025 m. 11 mėn. 5 d.|2025-11-05
rugsėjo penktą|2026-09-05
rugsėjo dvidešimt penktąją|2026-09-25
gruodžio trečią dieną|2025-12-03
praėjusio mėnesio 12 d.|2026-10-12
19 d.|2026-11-19
buvo 25 dieną|2026-10-25
26-11-05|2026-11-05
šio mėnesio 2 d.|2026-11-02
spalio 3 d. kreipiausi, o atsakė spalio 20 d.|2026-10-03
leidimas galioja iki 2027-01-01, o vakar manęs nepriėmė|2026-11-20
""".strip().splitlines()

VAGUE = """
praėjusią savaitę|praėjusią savaitę
rugsėjį|rugsėjį
buvo rugsėjo pradžioje|rugsėjo pradžioje
2025 m. rugsėjį|2025 m. rugsėjį
jau mėnuo|jau mėnuo
jau trečias mėnuo laukiu|jau trečias mėnuo
maždaug prieš savaitę|maždaug prieš savaitę
prieš kelias dienas|prieš kelias dienas
prieš mėnesį|prieš mėnesį
pernai vasarą|pernai vasarą
kas antradienį|kas antradienį
antradieniais|antradieniais
per Kalėdas|per Kalėdas
nuolat|nuolat
neseniai|neseniai
spalio gale|spalio gale
vasaros pradžioj|vasaros pradžioj
lapkritis|lapkritis
šio mėnesio pradžioje|šio mėnesio
2025 metais|2025 metais
""".strip().splitlines()

NO_DAYS = """
nežinau
apie 15 val.
tel. 8 612 34567
TR-2026-000123
Kovo 11-osios gatvėje
Gedimino g. 30
seniūnija
""".strip().splitlines()


@pytest.mark.parametrize("line", DAYS)
def test_a_day_is_told(line: str) -> None:
    text, day = line.split("|")
    for told in (when_in(text, TODAY), when_in(fold(text), TODAY), when_in(text.upper(), TODAY)):
        assert told is not None
        assert (told.day, told.problem) == (date.fromisoformat(day), None)


@pytest.mark.parametrize("line", VAGUE)
def test_a_time_without_a_day_keeps_its_words(line: str) -> None:
    text, words = line.split("|")
    assert when_in(text, TODAY) == Told(None, words)


@pytest.mark.parametrize("text", [*NO_DAYS, "", "🙂"])
def test_what_tells_no_time_is_none(text: str) -> None:
    assert when_in(text, TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        *("2026-02-30", "2025-02-29", "2026-13-05", "2026-00-10", "31.11.2026", "2026 02 30", "02-30"),
        *("lapkričio 31 d.", "2026 m. lapkričio 31 d.", "vasario 30", "balandžio 99", "31 lapkričio", "30 vasario"),
        *("lapkričio trisdešimt pirmą", "2026/02/30"),
    ],
)
def test_a_day_that_no_calendar_has_is_impossible(text: str) -> None:
    told = when_in(f"buvo {text}", TODAY)
    assert told is not None
    assert (told.day, told.problem) == (None, Problem.IMPOSSIBLE)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("rytoj", date(2026, 11, 22)),
        ("2026-12-24", date(2026, 12, 24)),
        ("2027 m. sausio 3 d.", date(2027, 1, 3)),
        ("kitą antradienį", date(2026, 11, 24)),
        ("šio mėnesio 25 d.", date(2026, 11, 25)),
        ("kitą savaitę", None),
        ("2027 metais", None),
    ],
)
def test_what_lies_ahead_is_a_problem(text: str, day: date | None) -> None:
    told = when_in(text, TODAY)
    assert told is not None
    assert (told.day, told.problem) == (day, Problem.FUTURE)


@given(anyday, st.integers(min_value=0, max_value=6))
def test_a_bare_weekday_is_the_last_one(today: date, number: int) -> None:
    told = when_in(WEEKDAYS[number], today)
    assert told is not None
    assert told.day is not None
    assert told.day.weekday() == number
    assert timedelta(0) <= today - told.day < timedelta(7)


@given(anyday, anyday)
def test_an_iso_date_is_itself_and_a_problem_only_ahead(day: date, today: date) -> None:
    told = when_in(f"tai buvo {day.isoformat()}.", today)
    assert told == Told(day, day.isoformat(), Problem.FUTURE if day > today else None)


@given(anyday, anyday)
def test_a_date_without_a_year_never_lies_ahead(day: date, today: date) -> None:
    told = when_in(f"{day.month:02}-{day.day:02}", today)
    assert told is not None
    assert told.day is not None
    assert told.day <= today
    assert (told.day.month, told.day.day) == (day.month, day.day)


@given(st.text(max_size=200), anyday)
def test_the_words_of_the_time_stand_in_the_message(text: str, today: date) -> None:
    told = when_in(text, today)
    assert told is None or told.text in text
