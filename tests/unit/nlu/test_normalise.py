"""Normalisation: what is made one, what is left alone, and the laws that hold for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.normalise import MAX_LENGTH, fold, fold_with_places, loose, normalise, shortened, tokens, with_letters
from tests.cost import within

KEYBOARD = "ab1=8P.- >šWwxshcž\u200b😀\u0301\nIİß…№"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("6vietimas", "švietimas"),
        ("kaip u=ra6yti vaik1", "kaip užrašyti vaiką"),
        ("mok4ti u= dar=el5", "mokėti už darželį"),
        ("j8s7 8kininkai", "jūsų ūkininkai"),
        ("k1 daryti, i6 kur", "ką daryti, iš kur"),
        ("5mon4 =mogui", "įmonė žmogui"),
    ],
)
def test_digits_typed_for_letters_are_restored_inside_words(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "2026 m. sausio 5 d.",
        "vytauto g. 33a",
        "a4 kopija",
        "įsakymas p2e-998",
        "12:30 val.",
        "18val.",
        "3mečiai ir 5kl mokiniai",
        "1oji klasė",
        "8 610 12345",
        "vardas1@savivaldybe.lt",
        "http://www.trakai.lt/index.php?id=5",
        "a=b",
        "kaina=5",
        "2kambarių butas",
        "nr5",
        "lt-21106",
    ],
)
def test_numbers_codes_and_addresses_stay(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("LABAAAAS!!! 😀", "labas!"),
        ("kur\u200b yra\u00ad daržel\u012fs\u00a0?", "kur yra daržel\u012fs ?"),
        ("„Šilas“ «darželis»", "šilas darželis"),
        ("s\u030civietimas", "šivietimas"),
        ("labas\n\n  rytas", "labas rytas"),
        ("www.trakai.lt", "www.trakai.lt"),
        ("III klasė", "iii klasė"),
        ("> senas laiškas\nKur kreiptis?", "kur kreiptis?"),
        ("> tik citata", "tik citata"),
        ("", ""),
        ("🙂🙂", ""),
    ],
)
def test_appearance_is_made_one(text: str, clean: str) -> None:
    assert normalise(text) == clean


def test_folding_takes_diacritics_of_any_letter_and_keeps_other_scripts() -> None:
    assert fold("ĄČĘĖĮŠŲŪŽ łódź") == "aceeisuuz lodz"
    assert fold("Добрый") == "добрыи"  # the breve goes; the letters stay Cyrillic


def test_digraphs_are_read_as_letters() -> None:
    assert with_letters("shventė zhmogus") == "šventė žmogus"
    assert loose("shventė") == loose("šventė") == "svente"
    assert loose("chia") == loose("čia")


def test_tokens_are_words_without_punctuation() -> None:
    assert tokens("kur, kada? iš_čia (5 kl.)") == ["kur", "kada", "iš", "čia", "5", "kl"]


@given(st.text(max_size=200) | st.text(alphabet=KEYBOARD, max_size=60))
@settings(max_examples=400)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=200))
@settings(max_examples=300)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aąčeęėįsšuųūzž bdglmnr", max_size=80))
def test_folded_text_normalises_to_the_fold_of_the_normalised(text: str) -> None:
    assert normalise(fold(text)) == fold(normalise(fold(text)))


@pytest.mark.parametrize(
    "piece", ["a", "1=a", "?! ", " >", "\n>", "ą\u0301", "=", "a1 ", "\u200b", "ž", "\ud800", "www."]
)
def test_long_repetitions_are_quick(piece: str) -> None:
    text = (piece * MAX_LENGTH)[:MAX_LENGTH]
    assert within(lambda: normalise(text), 0.1)


@given(st.text(max_size=80))
def test_folding_with_places_is_folding(text: str) -> None:
    assert fold_with_places(text).text == fold(text)


@given(st.text(min_size=1, max_size=80), st.data())
def test_a_folded_place_is_found_again(text: str, data: st.DataObject) -> None:
    folded = fold_with_places(text)
    if folded.text:
        start = data.draw(st.integers(0, len(folded.text) - 1))
        end = data.draw(st.integers(start + 1, len(folded.text)))
        first, last = folded.span(start, end)
        assert 0 <= first < last <= len(text)
        assert folded.text[start:end] in fold(text[first:last])


def test_marks_belong_to_the_letter_before_them() -> None:
    folded = fold_with_places("x s\u030ce\u0328 y")
    assert (folded.text, folded.span(2, 4)) == ("x se y", (2, 6))


def test_only_the_ends_of_a_very_long_message_are_kept() -> None:
    story = "žodis " * 60
    assert shortened(story) == story
    letter = f"Pradžia {'vidurys ' * 200} pabaiga?"
    kept = shortened(letter)
    assert len(kept) < len(letter) / 3
    assert kept.startswith("pradžia vidurys")
    assert kept.endswith("vidurys pabaiga?")
