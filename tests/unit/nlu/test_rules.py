"""What rules know better than the classifier."""

import pytest

from bot.nlu.rules import Ruled, ruled


@pytest.mark.parametrize(
    ("text", "language"),
    [("hello", "en"), ("привет", "ru"), ("dzień dobry", "pl"), ("добрий день", "uk"), ("skolko stoit", "ru")],
)
def test_another_language_is_named(text: str, language: str) -> None:
    assert ruled(text) == Ruled("foreign_language", {"language": language})


@pytest.mark.parametrize("text", ["2", "tas antras", "paskutinis"])
def test_a_pick_is_a_pick(text: str) -> None:
    assert ruled(text) == Ruled("choose_option")


def test_a_plain_contrast_is_a_correction() -> None:
    assert ruled("ne darželį, o mokyklą") == Ruled("correct")


@pytest.mark.parametrize("text", ["labas", "kiek kainuoja darželis", "Google", "thanks", "help", "", "12345", "taip"])
def test_the_rest_is_left_to_the_classifier(text: str) -> None:
    assert ruled(text) is None
