"""All that a message names in a municipality."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.entities.entity import Kind
from bot.nlu.normalise import MAX_LENGTH
from bot.services.entities import find_entities, values_of
from tests.cost import within
from tests.packs import MUNICIPALITIES, shipped, small

TODAY = date(2026, 11, 21)


def found(municipality: str, text: str) -> list[tuple[Kind, str]]:
    """Return kinds and values."""
    return [(entity.kind, entity.value) for entity in find_entities(shipped(municipality), text, TODAY)]


def test_a_problem_is_read_with_its_place_and_day() -> None:
    assert found("trakai", "Lentvaryje, Klevų al. 20, nuo vakar nedega žibintas, tel. 8 612 34567") == [
        (Kind.SETTLEMENT, "Lentvaris"),
        (Kind.STREET, "Klevų al."),
        (Kind.HOUSE, "20"),
        (Kind.DATE, "2026-11-20"),
        (Kind.PHONE, "+37061234567"),
    ]


def test_a_complaint_is_read_with_its_institution_and_day() -> None:
    assert found("alytus-r", "praeita antradieni butrimoniu kulturos namuose manes neisleido") == [
        (Kind.DATE, "2026-11-17"),
        (Kind.INSTITUTION, "kc-butrimoniu-skyrius"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trakų gatvė", [(Kind.STREET, "Trakų g.")]),
        ("lentvaris@trakai.lt", [(Kind.EMAIL, "lentvaris@trakai.lt")]),
        ("Lentvario seniūnija", [(Kind.INSTITUTION, "lentvario-seniunija")]),
        ("Trakų Vytauto g.", [(Kind.SETTLEMENT, "Trakai"), (Kind.STREET, "Vytauto g.")]),
    ],
)
def test_a_place_within_a_longer_name_is_not_named_itself(text: str, expected: list[tuple[Kind, str]]) -> None:
    assert found("trakai", text) == expected


def test_the_places_of_another_municipality_are_not_known() -> None:
    assert found("alytus-r", "Lentvaryje") == []
    assert find_entities(small(), "Lentvaryje", TODAY) == ()


def test_values_come_once_and_in_order() -> None:
    entities = find_entities(shipped("trakai"), "Lentvaryje, Onuškyje ir Lentvaryje", TODAY)
    assert values_of(entities, Kind.SETTLEMENT) == ("Lentvaris", "Onuškis")
    assert values_of(entities, Kind.EMAIL) == ()


@given(st.text(max_size=120), st.sampled_from(MUNICIPALITIES))
def test_entities_never_overlap(text: str, municipality: str) -> None:
    entities = find_entities(shipped(municipality), text, TODAY)
    assert all(before.end <= after.start for before, after in pairwise(entities))
    assert all(text[entity.start : entity.end] == entity.text for entity in entities)


@pytest.mark.parametrize("piece", ["Lentvaryje ", "kultūros ", "Trakų rajono ", "Senųjų Trakų ", "a ", "seniūnija "])
def test_the_longest_message_of_repetitions_is_read_at_once(piece: str) -> None:
    loaded, text = shipped("trakai"), (piece * MAX_LENGTH)[:MAX_LENGTH]
    assert within(lambda: find_entities(loaded, text, TODAY), 0.3)
