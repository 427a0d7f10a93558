"""Prefixes of case numbers: what is one, and that the recogniser of numbers agrees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.case_prefix import REFUSED, default_prefix, is_case_prefix
from bot.nlu.entities.entity import Reading
from bot.nlu.entities.registration import registration_numbers


@pytest.mark.parametrize("text", ["TR", "VAR", "ALR", "T", "ABCDE"])
def test_one_to_five_capitals_are_a_prefix(text: str) -> None:
    assert is_case_prefix(text)


@pytest.mark.parametrize("text", ["", "tr", "TRAKAI", "ŠIL", "T1", "T-R", " TR", "TR\n"])
def test_anything_else_is_none(text: str) -> None:
    assert not is_case_prefix(text)


@pytest.mark.parametrize("word", ["NR", "IKI", "AR", "METAI"])
def test_a_word_before_numbers_is_no_prefix(word: str) -> None:
    assert not is_case_prefix(word)


@pytest.mark.parametrize("word", sorted(REFUSED))
def test_the_words_refused_are_those_that_the_recogniser_passes_over(word: str) -> None:
    assert list(registration_numbers(Reading(f"{word.upper()} 2026 000123"))) == []
    assert list(registration_numbers(Reading(f"{word.upper()} - 2026 - 000123"))) == []


def test_the_recogniser_finds_numbers_with_any_other_prefix() -> None:
    assert [found.value for found in registration_numbers(Reading("ALR 2026 000123"))] == ["ALR-2026-000123"]


@pytest.mark.parametrize(
    ("municipality", "prefix"),
    [("trakai", "TRAKA"), ("alytus-r", "ALYTU"), ("x-1-y", "XY"), ("2026", "SAV"), ("-", "SAV"), ("tel", "SAV")],
)
def test_a_municipality_without_settings_has_a_prefix(municipality: str, prefix: str) -> None:
    assert default_prefix(municipality) == prefix


@given(st.from_regex(r"[a-z0-9-]+", fullmatch=True))
def test_the_default_is_always_a_prefix(municipality: str) -> None:
    assert is_case_prefix(default_prefix(municipality))
