"""Sentences with their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.complaints.sentences import sentences, without_quotations


def split(text: str) -> list[str]:
    """Return the sentences without their places."""
    return [sentence.text for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("viena. antra! trecia?", ["viena", "antra", "trecia"]),
        ("buvau 5 d. 10.30 val. seniunijoje. reke", ["buvau 5 d. 10.30 val. seniunijoje", "reke"]),
        ("el. pastas ona@one.lt. aciu", ["el. pastas ona@one.lt", "aciu"]),
        ("pas j. petraiti. reke", ["pas j. petraiti", "reke"]),
        ("viena\nantra", ["viena", "antra"]),
        ("ka?? kaip?!", ["ka", "kaip"]),
        ("... ! ?", []),
        ("", []),
    ],
)
def test_a_text_is_split_where_sentences_end(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_question_mark_belongs_to_its_sentence() -> None:
    assert [sentence.asked for sentence in sentences("reke. kodel? nezinau")] == [False, True, False]


def test_a_quotation_is_blanked_and_an_open_one_is_not() -> None:
    assert without_quotations("reke „ko cia“ ir") == "reke          ir"
    assert without_quotations("reke „ko cia ir") == "reke „ko cia ir"


@given(st.text(max_size=200))
def test_a_sentence_stands_where_it_says(text: str) -> None:
    blanked = without_quotations(text)
    assert len(blanked) == len(text)
    assert all(blanked[sentence.start : sentence.end] == sentence.text for sentence in sentences(text))
