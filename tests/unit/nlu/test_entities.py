"""What holds for all entities of any text: places, overlaps, speed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.entities.entity import Entity, Kind, Reading, without_overlaps
from bot.nlu.entities.extract import extract
from bot.nlu.normalise import MAX_LENGTH, fold
from tests.cost import within

TODAY = date(2026, 11, 21)
PIECES = (
    *("lapkričio 21 d.", "2026-11-21", "11.21", "rytoj", "praėjusį antradienį", "šeštadienį", "12-24", "vasario 16"),
    *("Vytauto g. 12-3", "Birutės gatvėje", "g.", "gatvė", "J. Basanavičiaus", "ir", "kitą", "savaitę", "m.", "d."),
    *(
        "+370 612 34567",
        "8 528 55603",
        "61234567",
        "TR-2026-000123",
        "tr 2026",
        "jonas@pastas.lt",
        "@",
        "a@b.",
        "000123",
    ),
    *("Lentvaryje", "æ", "ﬁ", "½", "\u0301", "\u200b", "İ", "ß", "１２", "٣", "🙂", "\n", "„", "…", "-", "–", ".", " "),
)
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
anyday = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@given(texts, anyday)
def test_every_entity_says_where_it_stands_and_none_overlap(text: str, today: date) -> None:
    end = 0
    for entity in extract(text, today):
        assert text[entity.start : entity.end] == entity.text
        assert entity.text
        assert entity.value
        assert entity.start >= end
        end = entity.end


@given(texts)
def test_the_same_text_names_the_same_things_each_time(text: str) -> None:
    assert extract(text, TODAY) == extract(text, TODAY)


@given(st.text(alphabet="abcdefghijklmnoprstuvyz ąčęėįšųūž", max_size=60))
def test_letters_alone_are_no_contact_and_no_number(text: str) -> None:
    assert {entity.kind for entity in extract(text, TODAY)} <= {Kind.DATE, Kind.DAY, Kind.STREET}


def test_what_lies_beyond_the_longest_message_is_not_read() -> None:
    assert extract(" " * MAX_LENGTH + "rytoj", TODAY) == ()


def test_a_message_with_everything_is_read_in_order() -> None:
    text = (
        "Laba diena, praėjusį antradienį Vytauto g. 12-3 nedegė žibintas. Kreipiausi lapkričio 18 d. (TR-2026-000123), "
        "žadėjo iki penktadienio. Mano tel. 8 612 34567, Jonas@Pastas.lt"
    )
    assert [(entity.kind, entity.value) for entity in extract(text, TODAY)] == [
        (Kind.DATE, "2026-11-17"),
        (Kind.STREET, "Vytauto g."),
        (Kind.HOUSE, "12-3"),
        (Kind.DATE, "2026-11-18"),
        (Kind.REGISTRATION_NUMBER, "TR-2026-000123"),
        (Kind.DAY, "2026-11-27"),
        (Kind.PHONE, "+37061234567"),
        (Kind.EMAIL, "Jonas@pastas.lt"),
    ]


@pytest.mark.parametrize(
    "decomposed", ["s\u030ces\u030ctadieni\u0328", "še\u200bštadienį", "ＲＹＴＯＪ", "ry\u00adtoj"]
)
def test_the_place_is_that_of_what_was_typed_also_when_folding_changes_the_length(decomposed: str) -> None:
    text = f"æ ½ ar {decomposed}, dirbate?"
    (entity,) = extract(text, TODAY)
    assert entity.text == decomposed == text[entity.start : entity.end]


@given(st.text(max_size=80))
def test_a_reading_folds_as_all_others_do(text: str) -> None:
    assert Reading(text).folded == fold(text)


def test_of_overlapping_entities_the_kind_named_first_is_kept() -> None:
    street = Entity(Kind.STREET, "Trakų g.", "Trakų g.", 0, 8)
    settlement = Entity(Kind.SETTLEMENT, "Trakai", "Trakų", 0, 5)
    day = Entity(Kind.DATE, "2026-11-21", "šiandien", 9, 17)
    assert without_overlaps([day, settlement, street]) == (street, day)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("gyvenu Lentvaryje", True),
        ("Lentvaryje", False),
        ("Ačiū. Lentvaryje", False),
        ("gyvenu „Lentvaryje“", True),
        ("GYVENU LENTVARYJE", False),
        ("Žmonės, kurie gyvena Lentvaryje", True),
    ],
)
def test_a_capital_marks_a_name_only_within_a_sentence(text: str, name: bool) -> None:
    reading = Reading(text)
    assert reading.is_name(reading.folded.index("lentvaryje")) is name


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "1", "1 ", "@", "a@", "a.", "a@a.", "-", "8 ", "+370", "+", "6", "612 ", "00", "(", ". "),
        *("g. ", "g ", "a g. ", "J. ", "ir ", "Vytauto g. 1 ", "vasario 16 ", "gatvė ", "1 gatvė ", "12-", "11.21 "),
        *("2026-", "2026 ", "tr-2026-", "tr 2026 ", "lapkričio ", "lapkričio 1", "kitą ", "kitą savaitę ", "praėjusį "),
        *(
            "šeštadienį ",
            "po ",
            "po ryt",
            " ",
            "\n",
            "š",
            "æ",
            "\u0301",
            "🙂",
            "jonas@pastas.lt",
            "8 612 34567 ",
            "+37161234567 ",
        ),
    ],
)
def test_the_longest_message_of_repetitions_is_read_at_once(piece: str) -> None:
    text = (piece * MAX_LENGTH)[:MAX_LENGTH]
    assert within(lambda: extract(text, TODAY), 0.3)
