"""The settlements and institutions of one municipality, as its catalogue names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.core.catalogue import Institution
from bot.core.place_names import fold
from bot.nlu.entities.entity import Entity, Reading
from bot.nlu.entities.institutions import InstitutionNames
from bot.nlu.entities.settlements import Settlements

# "Mikniškių k., Trakų sen." and "Varėnos rajono kaimai" are no settlements in the nominative.
_NO_SETTLEMENT = re.compile(r"[,.\d]|\b(?:rajon|kaim)")
_ELDERSHIP = "seniūnija"


class Places:
    """Finds what a municipality's catalogue names."""

    def __init__(self, settlements: Iterable[str], institutions: Sequence[Institution]) -> None:
        """Index the settlements given, those of the institutions, and those by which an eldership is also called."""
        own = (item.settlement for item in institutions if item.settlement)
        called = (
            alias for item in institutions if item.kind == _ELDERSHIP for alias in item.aliases if _is_title(alias)
        )
        self._settlements = Settlements(name for name in (*settlements, *own, *called) if _is_settlement(name))
        self._institutions = InstitutionNames(institutions, self._settlements)

    @property
    def settlements(self) -> tuple[str, ...]:
        """The settlements known, in the nominative."""
        return self._settlements.names

    def find(self, reading: Reading) -> Iterator[Entity]:
        """Yield institutions, by their id, and settlements, in the nominative; some may overlap."""
        for names in (self._institutions, self._settlements):
            yield from map(reading.as_typed, names.find(reading.in_letters))


def _is_settlement(name: str) -> bool:
    return _NO_SETTLEMENT.search(fold(name)) is None


def _is_title(name: str) -> bool:
    return all(word[0].isupper() for word in name.split())
