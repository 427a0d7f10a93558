"""Finding institutions by inflected names, kinds and settlements."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.institutions import InstitutionIndex
from bot.nlu.normalise import fold
from tests.unit.nlu.catalogues import INSTITUTIONS

INDEX = InstitutionIndex.build(INSTITUTIONS)


def _found(text: str) -> set[str]:
    return {match.id for match in INDEX.search(text)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Lentvario darželio telefonas", {"silas", "svajonele"}),
        ("darželis Lentvaryje", {"silas", "svajonele"}),
        ("Šilo darželis", {"silas"}),
        ("kaip paskambinti į Svajonėlę", {"svajonele"}),
        ("Trakų darželis", {"ezerelis"}),
        ("seniūnija Onuškyje", {"onuskio-seniunija"}),
        ("koks Onuškio seniūnijos adresas?", {"onuskio-seniunija"}),
        ("socialinės paramos skyriaus numeris", {"paramos-skyrius"}),
        ("Butrimonių kultūros namai", {"kultura"}),
        ("kada dirba kultūros namai Butrimonyse", {"kultura"}),
        ("paramos šeimai centro adresas", {"mikniskes"}),
        ("kokios yra seniūnijos", {"onuskio-seniunija", "lentvario-seniunija"}),
    ],
)
def test_institutions_are_found_in_any_case_and_without_diacritics(text: str, wanted: set[str]) -> None:
    assert _found(text) == wanted
    assert _found(fold(text)) == wanted


@pytest.mark.parametrize("text", ["koks rytoj oras", "telefonas", "darbo laikas", "", "🙂"])
def test_what_names_no_institution_finds_none(text: str) -> None:
    assert INDEX.search(text) == ()


def test_no_institutions_find_nothing() -> None:
    assert InstitutionIndex.build(()).search("Lentvario darželis") == ()


def test_scores_lie_between_zero_and_one() -> None:
    assert all(0 < match.score <= 1 for match in INDEX.search("Lentvario darželis Šilas"))


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_any_text_is_searched_without_error(text: str) -> None:
    assert len(INDEX.search(text)) <= 4
