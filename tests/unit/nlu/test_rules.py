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


@pytest.mark.parametrize(
    "text",
    [
        "Skundas",
        "turiu skunda",
        "dar noriu skundą pateikt",
        "noriu palikti skundą",
        "skundas dėl mokyklos",
        "noriu skustis del mokyklos, ten salta",
    ],
)
def test_a_bare_wish_to_complain_is_a_complaint(text: str) -> None:
    assert ruled(text) == Ruled("file_complaint")


@pytest.mark.parametrize("text", ["o kam skambinti", "tai kam skambint dabar", "Kam man paskambinti?"])
def test_whom_to_ring_asks_for_a_number_and_not_to_be_called(text: str) -> None:
    assert ruled(text) == Ruled("ask_contacts")


@pytest.mark.parametrize(
    "text", ["mano skundas", "skundas dėl mokyklos, kokia būsena", "kur pateikti skundą", "paskambinkite man"]
)
def test_other_words_about_complaints_and_calls_are_left_to_the_classifier(text: str) -> None:
    assert ruled(text) is None


@pytest.mark.parametrize("text", ["labas", "kiek kainuoja darželis", "Google", "thanks", "help", "", "12345", "taip"])
def test_the_rest_is_left_to_the_classifier(text: str) -> None:
    assert ruled(text) is None
