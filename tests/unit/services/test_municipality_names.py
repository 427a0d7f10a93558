"""Which municipality a resident names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.services.municipality_names import named_municipality
from bot.services.packs import load_pack

PACKS = Path(__file__).parents[3] / "nlu_data" / "municipalities"


@pytest.fixture(scope="module")
def catalogues() -> tuple[Catalogue, ...]:
    """The three packs that are shipped."""
    loaded = [load_pack(PACKS / name, date(2026, 11, 21)).catalogue for name in ("alytus-r", "trakai", "varena")]
    assert None not in loaded
    return tuple(catalogue for catalogue in loaded if catalogue is not None)


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("Trakų rajono savivaldybė", "trakai"),
        ("trakai", "trakai"),
        ("TRAKUOSE", "trakai"),
        ("gyvenu Lentvaryje", "trakai"),
        ("Varėnos", "varena"),
        ("is varenos rajono", "varena"),
        ("Varėna.", "varena"),
        ("Alytaus rajono savivaldybė", "alytus-r"),
        ("alytaus r.", "alytus-r"),
        ("Alytus", "alytus-r"),
    ],
)
def test_a_name_in_any_case_and_spelling_is_known(
    catalogues: tuple[Catalogue, ...], text: str, municipality: str
) -> None:
    assert named_municipality(text, catalogues) == municipality


@pytest.mark.parametrize(
    "text",
    [
        "",
        "savivaldybė",
        "rajono savivaldybė",
        "Vilnius",
        "nežinau",
        "12345",
        "Trakai ar Varėna?",
        "kokių dokumentų reikia į darželį",
    ],
)
def test_no_name_or_two_names_are_no_answer(catalogues: tuple[Catalogue, ...], text: str) -> None:
    assert named_municipality(text, catalogues) is None


def test_every_municipality_is_known_by_its_own_full_name(catalogues: tuple[Catalogue, ...]) -> None:
    for catalogue in catalogues:
        assert named_municipality(catalogue.municipality.name, catalogues) == catalogue.municipality.id


def test_without_catalogues_nothing_is_named() -> None:
    assert named_municipality("Trakai", ()) is None
