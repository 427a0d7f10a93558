"""Recognises which municipality a resident names: by its name or by where they live."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.catalogue import Catalogue
from bot.core.place_names import fold, matches_inflected

_WORD = re.compile(r"[^\W\d_][\w-]*")
# Words of every municipality's name say nothing about which one is meant.
_COMMON = frozenset({"rajono", "rajonas", "r", "sav", "savivaldybe", "savivaldybes", "miesto"})


def named_municipality(text: str, catalogues: Iterable[Catalogue]) -> str | None:
    """Return the id of the one municipality that the text names; None when it names none or several."""
    words = [word for word in map(fold, _WORD.findall(text)) if word not in _COMMON]
    all_catalogues = tuple(catalogues)
    for names in (_own_names, _settlements):
        found = {
            catalogue.municipality.id
            for catalogue in all_catalogues
            if any(word in names(catalogue)[0] or _inflects(names(catalogue)[1], word) for word in words)
        }
        if len(found) == 1:
            return found.pop()
    return None


def _own_names(catalogue: Catalogue) -> tuple[frozenset[str], frozenset[str]]:
    """Return (whole words, place names) of the municipality itself."""
    municipality = catalogue.municipality
    words = frozenset(
        word
        for name in (municipality.name, *municipality.aliases)
        for word in map(fold, _WORD.findall(name))
        if word not in _COMMON and len(word) > 3
    )
    seat = catalogue.institutions[0].settlement if catalogue.institutions else None
    return words - {"savivaldybe", "merija", "administracija", "valdzia"}, frozenset({seat} if seat else ())


def _settlements(catalogue: Catalogue) -> tuple[frozenset[str], frozenset[str]]:
    places = {institution.settlement for institution in catalogue.institutions if institution.settlement}
    return frozenset(), frozenset(places)


def _inflects(places: frozenset[str], word: str) -> bool:
    return any(matches_inflected(place, word) for place in places)
