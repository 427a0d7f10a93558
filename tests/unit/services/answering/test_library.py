"""The mobile library: when it comes to a village, what it takes and does, and where it does not come."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.packs import TEXTS, ask, buttons_of, card_of, said, shipped

INTENT = "ask_mobile_library"
TIMETABLE = TEXTS.render("library.section.timetable")
ACCEPTS = TEXTS.render("library.section.accepts")


def headings(text: str) -> list[str | None]:
    """Return the headings of the card for a question."""
    return [section.heading for section in card_of(ask("varena", INTENT, text)).sections]


@pytest.mark.parametrize(
    "text",
    [
        "kada mobilioji biblioteka atvažiuoja į Liškiavą",
        "kada atvaziuoja mobili biblioteka i Liskiava",
        "ar biblioteka būna Liškiavoje?",
        "kada bibliobusas bus Li6kiavoje",
        "LIŠKIAVA",
    ],
)
def test_a_stop_is_answered_with_day_time_next_date_and_the_undated_warning(text: str) -> None:
    card = card_of(ask("varena", INTENT, text))
    assert card.title == "Mobilioji biblioteka: Liškiava"
    assert card.sections[0].asked
    assert card.sections[0].lines == (
        "Trečiadieniais, 9.30–10.30",
        "Artimiausias apsilankymas – trečiadienį (2026-11-25), 9.30–10.30.",
    )
    assert "įsigaliojimo data nenurodyta" in card.warnings[0]
    assert card.links


@pytest.mark.parametrize(("hour", "day"), [(9, "2026-11-25"), (10, "2026-11-25"), (11, "2026-12-02")])
def test_the_next_visit_is_today_until_it_is_over(hour: int, day: str) -> None:
    wednesday = datetime(2026, 11, 25, hour, 0, tzinfo=ZoneInfo("Europe/Vilnius"))
    assert day in said(ask("varena", INTENT, "kada į Liškiavą", now=wednesday))


def test_a_visit_on_a_public_holiday_is_doubted() -> None:
    before_christmas = datetime(2026, 12, 23, 12, 0, tzinfo=ZoneInfo("Europe/Vilnius"))
    lines = card_of(ask("varena", INTENT, "kada atvažiuoja į Barčius", now=before_christmas)).sections[0].lines
    assert "2026-12-25" in lines[1]
    assert lines[2].startswith("Tą dieną – Šv. Kalėdų pirma diena.")


def test_every_stop_is_found_by_its_name() -> None:
    library = shipped("varena").catalogue.mobile_library
    assert library is not None
    for stop in library.stops:
        answer = ask("varena", INTENT, f"kada atvažiuoja {stop.settlement}")
        assert card_of(answer).title.endswith(stop.settlement)
        assert stop.time in said(answer)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("kada mobilioji biblioteka atvažiuoja į Puvočius", "Puvočius"),
        ("kada atvaziuoja i puvocius", "puvocius"),
        ("ar atvažiuoja į Senąją Varėną?", "Senąją Varėną"),
        ("kada bus Puvočiuose", "Puvočiuose"),
        ("ar biblioteka būna Dubičiuose", "Dubičiuose"),
    ],
)
def test_a_place_that_is_no_stop_is_said_to_be_none_and_all_stops_are_offered(text: str, place: str) -> None:
    answer = ask("varena", INTENT, text)
    assert f"„{place}“ neradau" in said(answer)
    library = shipped("varena").catalogue.mobile_library
    assert library is not None
    assert all(f"{stop.settlement} {stop.time}" in said(answer) for stop in library.stops)


@pytest.mark.parametrize(
    "text",
    [
        "iki kada būna mobili biblioteka",
        "į kokius kaimus atvažiuoja mobili biblioteka",
        "i kuriuos kaimus vaziuoja",
        "i kur vaziuoja bibliobusas",
        "ar atvažiuoja į visus kaimus",
        "kada atvažiuos pas mus",
        "kada atvažiuoja pas pensininkus",
        "kada kitą kartą atvažiuos į mano kaimą",
        "kada bus mūsų rajone",
        "Kada Mobilioji biblioteka atvyksta?",
    ],
)
def test_ordinary_words_are_not_taken_for_places(text: str) -> None:
    assert "neradau" not in said(ask("varena", INTENT, text))
    assert TIMETABLE in headings(text)


def test_the_whole_timetable_goes_through_the_week_in_order() -> None:
    card = card_of(ask("varena", INTENT, "mobilioji biblioteka"))
    table = next(section for section in card.sections if section.heading == TIMETABLE)
    assert [line.partition(":")[0] for line in table.lines] == [
        "Pirmadienis",
        "Antradienis",
        "Trečiadienis",
        "Ketvirtadienis",
        "Penktadienis",
    ]
    assert card.lead
    assert card.warnings


@pytest.mark.parametrize(
    "text", ["ką priima mobilioji biblioteka", "ar galiu paduoti prašymą bibliobuse", "ar priima skundus"]
)
def test_what_it_accepts_is_told(text: str) -> None:
    assert headings(text)[0] == ACCEPTS
    assert "skundai ir pasiūlymai" in said(ask("varena", INTENT, text))


@pytest.mark.parametrize("text", ["kiek kainuoja kopijavimas", "kokias paslaugas teikia", "ar yra internetas"])
def test_what_it_offers_is_told(text: str) -> None:
    assert TEXTS.render("library.section.free") in headings(text)
    assert TEXTS.render("library.section.paid") in headings(text)


@pytest.mark.parametrize("municipality", ["trakai", "alytus-r"])
def test_another_municipality_has_none_and_says_so(municipality: str) -> None:
    answer = ask(municipality, INTENT, "kada mobilioji biblioteka atvažiuoja į Liškiavą")
    assert "mobiliosios bibliotekos nėra" in said(answer)
    assert buttons_of(answer)
