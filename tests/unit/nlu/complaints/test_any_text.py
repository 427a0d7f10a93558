"""Whatever a resident types: nothing raises, and a message of the greatest length is read at once."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.complaints import code, contact, fields, kind, outcome, question, when
from bot.nlu.normalise import MAX_LENGTH
from tests.cost import within

TODAY = date(2026, 11, 21)


def told(text: str) -> object:
    """Return the time told in the text."""
    return when.when_in(text, TODAY)


READERS: tuple[Callable[[str], object], ...] = (
    *(question.is_question, outcome.outcome_in, told, kind.guess_kind, code.code_in, code.normalise_code),
    *(contact.contact_in, contact.wants_anonymous, contact.wants_no_reply, contact.does_not_know),
    *(fields.field_named, fields.wants_submit),
)
PIECES = (
    *("a", "a ", "1 ", "12-", "„", "„a ", "@", "a@", "a@b.", "a. ", "! ", "? ", "a-", "ą", "가", "…", "\n", "😀 "),
    *("kas ", "noriu, kad ", "prašau a ", "noreciau a a a ", "kad a ", "tegul ", "ji sake noriu "),
    *("prieš a ", "2026-", "2026 m. ", "rugsėjo ", "jau a ", "per ", "praėjusį ", "01-", "penkt ", "11 mėn. "),
    *("a eta ", "b taškas ", "+370 ", "8 6", "jonas.", "Jonas ", "vardas ", "K7M2 ", "K7M2-", "a@gmail,"),
    *("išmoka a ", "prašymas a ", "be a ", "nepriėmė a ", "siūlau a b c ", "laukė ", "ačiū ", "į mano prašymą "),
)
words = st.lists(st.sampled_from([*PIECES, "vakar", "ona", "atsakymo", "nereikia", "?", "skundas"]), max_size=60).map(
    "".join
)


@given(st.one_of(st.text(max_size=400), words))
def test_no_text_makes_a_reader_raise(text: str) -> None:
    for read in READERS:
        read(text)


@pytest.mark.parametrize("piece", PIECES)
def test_long_repetitions_are_quick(piece: str) -> None:
    text = (piece * MAX_LENGTH)[:MAX_LENGTH]
    for read in READERS:
        read("labas, 8612")  # lists are read once
        assert within(partial(read, text), 0.1), read


@given(st.text(alphabet="abcdenorstu ,.?!@0123456789-", min_size=MAX_LENGTH, max_size=MAX_LENGTH))
def test_a_message_of_the_greatest_length_is_read_at_once(text: str) -> None:
    for read in READERS:
        assert within(partial(read, text), 0.25), read
