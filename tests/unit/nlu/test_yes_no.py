"""A bare yes or no, in Lithuanian and in the recognised languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.yes_no import agreement

YES = "taip;jo;aha;yes;Yes, please;yeah;да;да, пожалуйста;хочу;так;так, будь ласка;tak;tak, proszę;Chcę;please".split(
    ";"
)
NO = "ne;nea;no;no, thank you;нет;нет, спасибо;не надо;ні;ні, дякую;nie;nie, dziękuję;nie trzeba".split(";")
NEITHER = "kiek kainuoja;yes or no;so what;где школа;спасибо;;🙂;tak nie;thank you;да нет".split(";")


@pytest.mark.parametrize("text", YES)
def test_a_yes_is_a_yes(text: str) -> None:
    assert agreement(text) is True


@pytest.mark.parametrize("text", NO)
def test_a_no_is_a_no(text: str) -> None:
    assert agreement(text) is False


@pytest.mark.parametrize("text", NEITHER)
def test_anything_else_is_neither(text: str) -> None:
    assert agreement(text) is None


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert agreement(text) in {True, False, None}
