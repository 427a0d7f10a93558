"""Which texts with a leading slash are buttons and which are words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.rasa.payloads import spoken_text

INTENTS = frozenset({"help", "ask_service", "restart", "back", "session_start", "nlu_fallback"})


@pytest.mark.parametrize(
    "text", ["/help", "/ask_service{}", '/ask_service{"service":"a{b}"}', "/restart", "/nlu_fallback"]
)
def test_the_payload_of_a_button_is_left_as_it_is(text: str) -> None:
    assert spoken_text(text, INTENTS) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/start", "start"),
        ("/help man", "help man"),
        ("/nera{}", "nera{}"),
        ("// kiek kainuoja", "kiek kainuoja"),
        ("/back", "back"),
        ("/session_start", "session_start"),
        ("/ask_service{broken", "ask_service{broken"),
        ("/Help", "Help"),
        ("/", "?"),
        ("/ / \n", "?"),
    ],
)
def test_anything_else_with_a_slash_is_taken_as_words(text: str, words: str) -> None:
    # Rasa takes the slash for an intent: an unknown one sends its dialogue round in circles.
    assert spoken_text(text, INTENTS) == words


@pytest.mark.parametrize("text", ["kiek kainuoja", "2026/11/21", " /help", ""])
def test_a_text_without_a_leading_slash_is_untouched(text: str) -> None:
    assert spoken_text(text, INTENTS) == text


@given(st.text())
def test_what_remains_with_a_slash_is_always_a_known_intent(text: str) -> None:
    spoken = spoken_text(f"/{text}", INTENTS)
    assert spoken
    assert not spoken.startswith("/") or spoken.removeprefix("/").partition("{")[0] in INTENTS
