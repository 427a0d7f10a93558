"""Places that residents name as a destination."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.places import destination


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("kada atvažiuoja į Puvočius", "Puvočius"),
        ("kada atvaziuoja i puvocius", "puvocius"),
        ("Į Žiūrus ar atvykstate?", "Žiūrus"),
        ("ar atvažiuoja į Senąją Varėną?", "Senąją Varėną"),
        ("ar bus Naujuosiuose Valkininkuose", "Naujuosiuose"),
        ("kada būna Dubičiuose", "Dubičiuose"),
        ("kada atvyksta iki Marcinkonių", "Marcinkonių"),
    ],
)
def test_a_destination_is_given_as_it_was_typed(text: str, place: str) -> None:
    assert destination(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "iki kada būna",
        "iki kelintos valandos būna",
        "į kokius kaimus atvažiuoja",
        "į kuriuos kaimus atvyksta",
        "i kur atvaziuoja",
        "kada atvažiuos pas mus",
        "kada atvažiuos pas senelius",
        "kada atvyks į mano kaimą",
        "ar bus iki pietų",
        "Kada Mobilioji biblioteka atvyksta",
        "kada bus Mūsų rajone",
        "į Puvočius",
        "",
    ],
)
def test_ordinary_words_are_no_destination(text: str) -> None:
    assert destination(text) is None


@given(st.text(max_size=80))
def test_a_destination_is_always_part_of_the_text(text: str) -> None:
    place = destination(text)
    assert place is None or place in text
