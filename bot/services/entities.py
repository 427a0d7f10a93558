"""All that a message names in a municipality: what is the same everywhere, and the municipality's own places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.nlu.entities.entity import Entity, Kind, Reading, without_overlaps
from bot.nlu.entities.extract import found_anywhere
from bot.services.catalogues import LoadedCatalogue


def find_entities(loaded: LoadedCatalogue, text: str, today: date) -> tuple[Entity, ...]:
    """Return the entities of a message, in order and without overlaps; `today` is the day in Lithuania."""
    reading = Reading(text)
    return without_overlaps((*found_anywhere(reading, today), *loaded.places.find(reading)))


def values_of(entities: Iterable[Entity], kind: Kind) -> tuple[str, ...]:
    """Return the values of one kind, each once, in the order of the text."""
    return tuple(dict.fromkeys(entity.value for entity in entities if entity.kind is kind))
