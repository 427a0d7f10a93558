"""Which texts are accepted from residents, and how they are stored."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text_rules import MAX_CHARACTERS, accepted_text
from bot.errors import RefusedMessageError


def code_of(text: str) -> str:
    """Return the code with which the text is refused."""
    with pytest.raises(RefusedMessageError) as refused:
        accepted_text(text)
    return refused.value.code


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\t ",
        "\u200b",
        "\u200b\u200c\u200d\ufeff",
        "\u00a0\u2003",
        "\u2060 \u00ad",
        "\u200e\u202e",
        "\ufeff\n",
    ],
)
def test_a_text_that_shows_nothing_is_empty(text: str) -> None:
    assert code_of(text) == "text_empty"


@pytest.mark.parametrize(
    "character", ["\0", "\x01", "\x07", "\x1b", "\x7f", "\x85", "\x9f", "\ud800", chr(0xDFFF), "\x0b", "\x0c"]
)
def test_control_characters_and_unpaired_surrogates_are_refused(character: str) -> None:
    assert code_of(f"labas{character}") == "text_invalid_characters"
    assert code_of(f"{character}labas") == "text_invalid_characters"
    assert code_of(character) == "text_invalid_characters"


def test_the_longest_text_is_accepted_and_one_more_character_is_too_long() -> None:
    assert accepted_text("ą" * MAX_CHARACTERS) == "ą" * MAX_CHARACTERS
    assert code_of("a" * (MAX_CHARACTERS + 1)) == "text_too_long"
    assert code_of("a" * 100_000) == "text_too_long"


def test_blank_edges_do_not_count_toward_the_length() -> None:
    assert accepted_text("  " + "a" * MAX_CHARACTERS + "\n\n") == "a" * MAX_CHARACTERS


def test_a_decomposed_letter_is_stored_as_one_character() -> None:
    assert accepted_text("s\u030cale\u0328") == "šalę"
    assert accepted_text(unicodedata.normalize("NFD", "ąčęėįšųūž" * 222)) == "ąčęėįšųūž" * 222


def test_line_ends_of_every_system_become_line_feeds() -> None:
    assert accepted_text("vienas\r\ndu\rtrys\nketuri") == "vienas\ndu\ntrys\nketuri"


@pytest.mark.parametrize("text", ["👩\u200d👧 labas", "a\tb", "„Labas“ – tarė", "日本語", "ёж", "💧", "ﬁ"])
def test_whatever_people_write_stays_as_it_is(text: str) -> None:
    assert accepted_text(text) == text


@given(st.text())
def test_every_text_is_either_stored_or_refused_with_a_code(text: str) -> None:
    code, stored = None, None
    try:
        stored = accepted_text(text)
    except RefusedMessageError as refused:
        code = refused.code
    if stored is None:
        assert code in {"text_empty", "text_too_long", "text_invalid_characters"}
    else:
        assert 0 < len(stored) <= MAX_CHARACTERS
        assert stored == stored.strip()
        stored.encode("utf-8")
        assert "\0" not in stored


@given(st.text())
def test_a_stored_text_is_accepted_again_unchanged(text: str) -> None:
    try:
        stored = accepted_text(text)
    except RefusedMessageError:
        return
    assert accepted_text(stored) == stored


def test_a_longer_text_may_be_allowed() -> None:
    assert accepted_text("a" * 5000, 5000) == "a" * 5000
    with pytest.raises(RefusedMessageError, match="text_too_long"):
        accepted_text("a" * 5001, 5000)
