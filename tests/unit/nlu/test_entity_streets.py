"""Streets and houses in messages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.entities.entity import Kind
from bot.nlu.entities.extract import extract
from bot.nlu.normalise import fold

TODAY = date(2026, 11, 21)


def address(text: str) -> list[str]:
    """Return the streets and houses found, in order."""
    return [entity.value for entity in extract(text, TODAY) if entity.kind in {Kind.STREET, Kind.HOUSE}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vytauto gatvėje 12 nedega lempa", ["Vytauto g.", "12"]),
        ("Vytauto g.", ["Vytauto g."]),
        ("Vytauto g. 12-3", ["Vytauto g.", "12-3"]),
        ("Vytauto g. 12 – 3", ["Vytauto g.", "12-3"]),
        ("Vytauto g.12a", ["Vytauto g.", "12A"]),
        ("Vytauto g. 12 A, Trakai", ["Vytauto g.", "12A"]),
        ("Vytauto g 12", ["Vytauto g.", "12"]),
        ("Vytauto g. Nr. 12", ["Vytauto g.", "12"]),
        ("Vytauto g. 12 bt. 3", ["Vytauto g.", "12-3"]),
        ("Vytauto g. 12, butas 3", ["Vytauto g.", "12-3"]),
        ("Vytauto g. 12/2", ["Vytauto g.", "12/2"]),
        ("Vytauto gatvės 5 namas", ["Vytauto g.", "5"]),
        ("Vytauto g. 33, 300 kab., Trakai", ["Vytauto g.", "33"]),
        ("Vytauto g. 12 o kada tvarkysit?", ["Vytauto g.", "12"]),
        ("VYTAUTO G. 12", ["Vytauto g.", "12"]),
        ("vytauto gatveje", ["Vytauto g."]),
        ("J. Basanavičiaus g. 2A", ["J. Basanavičiaus g.", "2A"]),
        ("J.Basanavičiaus g.2A", ["J. Basanavičiaus g.", "2A"]),
        ("j. basanaviciaus g. 2a", ["J. Basanavičiaus g.", "2A"]),
        ("V. Mirono g. 2, Daugai", ["V. Mirono g.", "2"]),
        ("Vytauto Didžiojo g. 5", ["Vytauto Didžiojo g.", "5"]),
        ("Vasario 16-osios g. 5", ["Vasario 16-osios g.", "5"]),
        ("vasario 16 gatvėje", ["Vasario 16-osios g."]),
        ("Kovo 11-osios gatvė", ["Kovo 11-osios g."]),
        ("Klevų al. 20, Lentvaris", ["Klevų al.", "20"]),
        ("laisvės alėjoje", ["Laisvės al."]),
        ("Savanorių pr. 15", ["Savanorių pr.", "15"]),
        ("Savanorių prospekte", ["Savanorių pr."]),
        ("pušų gatvėj", ["Pušų g."]),
        ("pusu g 5", ["Pušų g.", "5"]),
        ("Tujų g. 1-38", ["Tujų g.", "1-38"]),
        ("Gyvenu Puodžiukų gatvėje", ["Puodžiukų g."]),
        ("gyvenu puodžiukų gatvėje 7", ["Puodžiukų g.", "7"]),
        ("Vytauto ir Birutės gatvių sankryžoje", ["Vytauto g.", "Birutės g."]),
        ("Trakų Vytauto gatvėje", ["Vytauto g."]),
        ("lapkričio 21 d. Vytauto g. nevyko", ["Vytauto g."]),
        ("kai Ramiojoje gatvėje tamsu", ["Ramioji g."]),
        ("Miškininkų g. 1, Marcinkonių k.", ["Miškininkų g.", "1"]),
    ],
)
def test_a_street_is_given_in_the_nominative_with_its_house(text: str, expected: list[str]) -> None:
    assert address(text) == expected


@pytest.mark.parametrize("form", "gatvė gatvės gatvei gatvę gatve gatvėje gatvėj g.".split())
@pytest.mark.parametrize("name", ["Vytauto", "Birutės", "Ežero", "Trakų", "Pušų", "Stoties"])
def test_a_street_is_known_in_every_case_and_without_diacritics_or_capitals(name: str, form: str) -> None:
    written = f"{name} {form}"
    for text in (written, written.lower(), fold(written)):
        (entity,) = extract(f"dėl {text}", TODAY)
        assert (entity.kind, entity.value, entity.text) == (Kind.STREET, f"{name} g.", text)


@pytest.mark.parametrize(
    "form", ["Naujoji gatvė", "Naujosios gatvės", "Naujojoje gatvėje", "Naująja gatve", "naujojoj g."]
)
def test_an_adjective_comes_back_to_its_nominative(form: str) -> None:
    assert address(f"prie {form}") == ["Naujoji g."]
    assert address(fold(f"prie {form}")) == ["Naujoji g."]


@pytest.mark.parametrize(
    "text",
    [
        "gatvė",
        "gatvėje 5",
        "g. 5",
        "mano gatvėje nevalo sniego",
        "mūsų gatvė",
        "Mūsų gatvėje tamsu",
        "nedega lempos gatvėje 3 dienas",
        "Duobės gatvėje jau seniai",
        "DIDELĖS DUOBĖS GATVĖJE",
        "daug šiukšlių gatvėje",
        "daug siuksliu gatveje",
        "pilna vandens gatvėje",
        "miesto aikštėje",
        "pagrindinėje kaimo gatvėje",
        "5 g. druskos",
        "rugsėjo pr. prasideda",
        "šalia tako 5 medžiai",
        "žaidimų aikštelė",
        "kokioje gatvėje",
        "gatvių apšvietimas",
    ],
)
def test_ordinary_words_before_a_street_are_no_name(text: str) -> None:
    assert address(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Vytauto gatvė 3 kartus asfaltuota",
        "Vytauto gatvėje 3 dienas nėra šviesos",
        "Vytauto g. 2026-11-21 buvo duobė",
        "Vytauto gatvėje 8 val.",
        "Vytauto gatvėje 10.15",
        "Vytauto gatvėje 8 612 34567",
        "Vytauto gatvėje 2000 Eur",
    ],
)
def test_other_numbers_behind_a_street_are_no_house(text: str) -> None:
    assert address(text) == ["Vytauto g."]


def test_the_street_and_the_house_have_places_of_their_own() -> None:
    text = "Žibintas Vytauto gatvėje 12 – 3 nedega"
    street, house = extract(text, TODAY)
    assert (street.text, house.text) == ("Vytauto gatvėje", "12 – 3")
    assert text[house.start : house.end] == house.text


@given(st.integers(1, 999), st.sampled_from(["", "A", "B", "-1", "-24", "A-3", "/2"]))
def test_any_house_of_a_street_is_read(number: int, tail: str) -> None:
    assert address(f"Vytauto g. {number}{tail}") == ["Vytauto g.", f"{number}{tail}"]
