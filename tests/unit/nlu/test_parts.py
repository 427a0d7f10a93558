"""Several questions in one message are told apart, and nothing of the message is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.normalise import MAX_LENGTH, fold, tokens
from bot.nlu.parts import LONGEST_PARTED, MOST_PARTS, question_alone, questions
from tests.cost import within

TWO = """
Kokių dokumentų reikia į darželį? Kiek kainuoja meno mokykla?|2
kiek kainuoja licencija ir kokiu dokumentu reikia|2
Kaip prisirašyti? Ir kur tai padaryti?|2
Noriu užregistruoti šunį. Dar norėčiau sužinoti, kada veža atliekas|2
kur gauti pažymą, ir kiek ji kainuoja?|2
Laba diena! Kas išduoda leidimą prekiauti? O kiek tai kainuoja?|2
Mirė senelis. Kaip gauti pašalpą? Ir per kiek laiko ją moka?|2
kiek kainuoja ir kur kreiptis ir kokių dokumentų reikia dėl būrelio|3
kaip prisirašyti prie poliklinikos, kokių dokumentų reikia, kiek kainuoja?|3
labas, turiu du klausimus: kaip gauti vaiko pinigus ir kiek kainuoja traktoriaus registracija|2
ar yra vietų stovykloje? ir dar kada prasideda mokslai|2
""".strip().splitlines()

ONE = """
kiek kainuoja darželis
Laba diena! Kiek kainuoja darželis?
Persikraustėme į Varėną. Turime du vaikus. Kaip juos užrašyti į mokyklą?
Kiek kainuoja darželis? Vaikui dveji metai.
kur ir kaip pateikti prašymą
kada ir kur registruojami traktoriai
vaikas ir mama gyvena Trakuose, kokių dokumentų reikia
Vytauto g. 33, ar ten savivaldybė?
šiukšlės
norėčiau sužinoti, kiek kainuoja darželis
turiu vaiką, kuris lanko darželį, kiek tai kainuoja
ar dirbate 8.00–17.00 val. ir pietų metu
???
""".strip().splitlines()


@pytest.mark.parametrize("line", TWO)
def test_each_question_becomes_a_part(line: str) -> None:
    text, count = line.split("|")
    assert len(questions(text)) == int(count)


@pytest.mark.parametrize("text", [*ONE, *map(fold, ONE), ""])
def test_a_message_with_one_question_stays_whole(text: str) -> None:
    assert questions(text) == (text,)


def test_the_story_stays_with_its_question() -> None:
    text = "Mirė senelis. Kaip gauti pašalpą? Ir per kiek laiko ją moka? Gyvenu Varėnoje."
    assert questions(text) == ("Mirė senelis. Kaip gauti pašalpą?", "Ir per kiek laiko ją moka? Gyvenu Varėnoje.")


def test_the_only_question_can_be_taken_out_of_its_story() -> None:
    assert question_alone("Persikraustėme. Turime sūnų. Kur jį užrašyti? Jam treji.") == "Kur jį užrašyti?"
    assert question_alone("Kur užrašyti vaiką?") is None
    assert question_alone("Persikraustėme. Turime sūnų.") is None
    assert question_alone("Kur užrašyti vaiką? Kiek tai kainuoja?") is None


WORDS = st.sampled_from(
    ["kiek", "kainuoja", "darželis", "?", "!", ".", ",", "ir", "o", "dar", "kur", "Kaip", "\n", "g."]
)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
@settings(max_examples=300)
def test_no_word_is_lost_and_none_comes_twice(text: str) -> None:
    parts = questions(text)
    assert 1 <= len(parts) <= MOST_PARTS
    assert [word for part in parts for word in tokens(part)] == tokens(text)


def test_a_long_letter_is_read_as_a_whole() -> None:
    text = "Kiek kainuoja darželis? " * 100
    assert len(text) > LONGEST_PARTED
    assert questions(text) == (text,)


@pytest.mark.parametrize("piece", [" ", "? ", "ir dar ", ", ", ". a", "kiek? ", "\n", "ir kur "])
def test_long_repetitions_are_quick(piece: str) -> None:
    longest = ("a" + piece * MAX_LENGTH)[:MAX_LENGTH]
    assert within(lambda: questions(longest[:LONGEST_PARTED]), 0.1)
    assert within(lambda: questions(longest), 0.1)
