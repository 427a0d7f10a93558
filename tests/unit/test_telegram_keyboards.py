"""Keyboards under messages: data that fits, rows that fit a phone."""

from __future__ import annotations

import pytest

from bot.core.reply import Button
from bot.services.telegram.continuing import code_in, code_of_start
from channels.telegram.rendering import keyboard_of, locked_keyboard, pressed_place

LONG = Button("Gyvenamosios vietos deklaravimas ir pažyma apie ją", "/ask_service" + "x" * 500)


def rows_of(*titles: str) -> list[list[str]]:
    """Return the titles by row."""
    keyboard = keyboard_of(7, tuple(Button(title, "/x") for title in titles))
    assert keyboard is not None
    return [[key.text for key in row] for row in keyboard.inline_keyboard]


def test_without_buttons_there_is_no_keyboard() -> None:
    assert keyboard_of(1, ()) is None


def test_the_data_names_row_and_button_and_fits_whatever_the_payload() -> None:
    keyboard = keyboard_of(999_999_999, (LONG,) * 100)
    assert keyboard is not None
    data = [str(key.callback_data) for row in keyboard.inline_keyboard for key in row]
    assert [pressed_place(one) for one in data] == [(999_999_999, place) for place in range(100)]
    assert max(len(one.encode()) for one in data) <= 64


@pytest.mark.parametrize("data", ["", "x", "1", "1.", ".1", "1.2.3", "a.b", "1.2\n", "٣.1", "9999999999.1"])
def test_other_data_is_none_of_ours(data: str) -> None:
    assert pressed_place(data) is None


def test_short_titles_share_a_row_and_long_ones_stand_alone() -> None:
    assert rows_of("1", "2", "3", "4", "5") == [["1", "2", "3", "4", "5"]]
    assert rows_of("Taip", "Ne, parašysiu kitą", "Savivaldybės kontaktai ir darbo laikas šiandien") == [
        ["Taip", "Ne, parašysiu kitą"],
        ["Savivaldybės kontaktai ir darbo laikas šiandien"],
    ]


def test_a_used_keyboard_shows_the_choice() -> None:
    ((key,),) = locked_keyboard("Taip").inline_keyboard
    assert (key.text, key.callback_data) == ("✓ Taip", "x")


@pytest.mark.parametrize("text", ["ABCD-2345", "abcd2345", " ABCD 2345 ", "abcd–2345"])
def test_a_code_is_read_as_people_write_it(text: str) -> None:
    assert code_in(text) == "ABCD2345"


@pytest.mark.parametrize("text", ["ABCD-234", "ABCD-2340", "kodas ABCD-2345", "", "darželis", "112"])
def test_other_words_are_no_code(text: str) -> None:
    assert code_in(text) is None


@pytest.mark.parametrize(("parameter", "code"), [("t_ABCD2345", "ABCD2345"), ("trakai", None), ("ABCD2345", None)])
def test_a_deep_link_carries_a_code_or_a_municipality(parameter: str, code: str | None) -> None:
    assert code_of_start(parameter) == code
