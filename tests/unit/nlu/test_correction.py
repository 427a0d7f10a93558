"""What a correction names instead, and how it changes the question before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.correction import Correction, contrasts, corrected, correction_of
from bot.nlu.normalise import MAX_LENGTH, fold
from tests.cost import within

NAMED = """
ne, aš apie biblioteką|biblioteka|
Ne, aš apie stovyklą klausiau|stovykla|
nea, aš apie medžius|medzius|
turėjau omeny kompensaciją, ne lengvatą|kompensacija|lengvata
ne krikšto, o santuokos liudijimą|santuokos liudijima|kriksto
suklydau, ne Dusmenys, o Aukštadvaris|aukstadvaris|dusmenys
ne apie šiukšles, o apie asbestą|asbesta|siukles
man reikia gimnazijos, ne darželio|gimnazijos|darzelio
norėjau paklausti apie būrelius|burelius|
jūs nesupratote, aš apie laidotuves|laidotuves|
ne kaina, o dokumentai|dokumentai|kaina
Kalbu apie katę, o jūs man apie šunį|kate|
""".strip().splitlines()

NOTHING_NAMED = """
ne to klausiau
ne tas
ne taip supratote
ne apie tai kalbu
visai ne apie tai klausiau
suklydau
ne
""".strip().splitlines()


@pytest.mark.parametrize("line", NAMED)
def test_what_is_meant_is_found_with_and_without_diacritics(line: str) -> None:
    text, wanted, wrong = line.split("|")
    for found in (correction_of(text), correction_of(fold(text))):
        assert found is not None
        assert found.wanted == wanted
        assert bool(found.wrong) == bool(wrong)


@pytest.mark.parametrize("text", [*NOTHING_NAMED, "", "🙂", "a " * 100])
def test_a_reproach_that_names_nothing_is_no_correction(text: str) -> None:
    assert correction_of(text) is None


@pytest.mark.parametrize("text", ["ne darželį, o mokyklą", "Ne kaina, o dokumentai", "ne apie Trakus o apie Lentvarį"])
def test_a_short_contrast_is_plain_by_itself(text: str) -> None:
    assert contrasts(text)


@pytest.mark.parametrize(
    "text", ["ne", "neturiu darbo, o vaikas mažas", "kiek kainuoja, o kur kreiptis", "ne to klausiau", "nea, nereikia"]
)
def test_other_messages_are_no_contrast(text: str) -> None:
    assert not contrasts(text)


def test_the_wrong_word_gives_way_where_it_was_said() -> None:
    correction = Correction("rūdiškės", "lentvaris")
    assert corrected("Lentvario darželio telefonas", correction) == "darzelio telefonas rūdiškės"


def test_a_wrong_word_that_was_not_said_changes_the_subject() -> None:
    assert corrected("kiek kainuoja darželis", Correction("mokykla")) == "mokykla"
    assert corrected("kiek kainuoja darželis", Correction("mokykla", "stovykla")) == "mokykla"


@given(st.text(max_size=200))
def test_whatever_is_named_is_said_in_the_message(text: str) -> None:
    found = correction_of(text)
    assert found is None or found.wanted


@pytest.mark.parametrize("piece", ["ne ", "ne a, o ", "apie ", "o jus ", "as, ", "ne ne o "])
def test_long_repetitions_are_quick(piece: str) -> None:
    text = (piece * MAX_LENGTH)[:MAX_LENGTH]
    assert within(lambda: (correction_of(text), contrasts(text)), 0.1)
