"""The catalogues in use: read from the database, indexed once, renewed when an import changes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
import structlog

from bot.core.aspects import Aspect, held_aspects
from bot.core.catalogue import Catalogue, Institution, MobileLibrary, Municipality, ProblemMap, Service
from bot.core.clock import Clock
from bot.errors import UnknownMunicipalityError
from bot.storage import catalogue as storage
from bot.storage.catalogue import StoredCatalogue, StoredEntry
from bot.storage.database import Database

if TYPE_CHECKING:
    from bot.nlu.entities.places import Places
    from bot.nlu.institutions import InstitutionIndex
    from bot.nlu.resolver import ServiceIndex

log = structlog.get_logger(__name__)


class _MunicipalityDocument(msgspec.Struct, frozen=True):
    """What of a pack is stored as one document beside its services and institutions."""

    municipality: Municipality
    mobile_library: MobileLibrary | None
    problem_map: ProblemMap | None


@dataclass(frozen=True)
class LoadedCatalogue:
    """A catalogue with its search indexes, which are built when first asked for."""

    catalogue: Catalogue
    digest: str

    @cached_property
    def services(self) -> ServiceIndex:
        """The index over the services."""
        # Imported when first searched: a server answers before NumPy is loaded.
        from bot.nlu.resolver import ServiceIndex

        return ServiceIndex.build(self.catalogue.services)

    @cached_property
    def institutions(self) -> InstitutionIndex:
        """The index over the institutions."""
        from bot.nlu.institutions import InstitutionIndex

        return InstitutionIndex.build(self.catalogue.institutions)

    @cached_property
    def places(self) -> Places:
        """The names of the municipality's settlements and institutions."""
        from bot.nlu.entities.places import Places

        library = self.catalogue.mobile_library
        stops = () if library is None else tuple(stop.settlement for stop in library.stops)
        return Places(stops, self.catalogue.institutions)

    def named(self, text: str) -> frozenset[str]:
        """Return the ids of the services of which the whole text is the title or an alias."""
        from bot.nlu.lexicon import words

        return self._names.get(" ".join(words(text)), frozenset())

    def held_aspects(self, identifier: str) -> tuple[Aspect, ...]:
        """Return the aspects for which the service has facts; none for an unknown id."""
        known = self._held_aspects.get(identifier)
        if known is None:
            service = self.catalogue.service(identifier)
            known = self._held_aspects[identifier] = held_aspects(service, self.catalogue) if service else ()
        return known

    @cached_property
    def _held_aspects(self) -> dict[str, tuple[Aspect, ...]]:
        """What was found already: the facts of a catalogue in use do not change."""
        return {}

    @cached_property
    def _names(self) -> Mapping[str, frozenset[str]]:
        from bot.nlu.lexicon import words

        owners: dict[str, set[str]] = defaultdict(set)
        for service in self.catalogue.services:
            for name in (service.title, *service.aliases):
                owners[" ".join(words(name))].add(service.id)
        owners.pop("", None)
        return {name: frozenset(found) for name, found in owners.items()}


class Catalogues:
    """All municipalities of this installation, by id."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._loaded: Mapping[str, LoadedCatalogue] = {}

    @property
    def all(self) -> tuple[LoadedCatalogue, ...]:
        """Every municipality's catalogue, ordered by id."""
        return tuple(self._loaded.values())

    def find(self, municipality: str | None) -> LoadedCatalogue | None:
        """Return the municipality's catalogue, or None."""
        return None if municipality is None else self._loaded.get(municipality)

    def get(self, municipality: str) -> LoadedCatalogue:
        """Return the municipality's catalogue. Raises `UnknownMunicipalityError`."""
        loaded = self._loaded.get(municipality)
        if loaded is None:
            raise UnknownMunicipalityError(municipality)
        return loaded

    async def refresh(self) -> bool:
        """Read again what was imported since the last time; return whether anything was."""
        async with self._database.read() as session:
            digests = await storage.digests(session)
            if digests == {key: loaded.digest for key, loaded in self._loaded.items()}:
                return False
            renewed: dict[str, LoadedCatalogue] = {}
            for municipality, digest in digests.items():
                known = self._loaded.get(municipality)
                if known is not None and known.digest == digest:
                    renewed[municipality] = known
                    continue
                stored = await storage.load(session, municipality)
                if stored is not None:
                    renewed[municipality] = LoadedCatalogue(_decoded(stored), stored.digest)
        self._loaded = renewed
        log.info("catalogues_loaded", municipalities=list(renewed))
        return True

    async def holds(self, municipality: str, digest: str) -> bool:
        """Tell whether the database holds this very state of a municipality's pack."""
        async with self._database.read() as session:
            return (await storage.digests(session)).get(municipality) == digest

    async def store(self, catalogue: Catalogue, digest: str) -> bool:
        """Put a valid pack into the database, whole or not at all; False when it is there already."""
        async with self._database.write() as session:
            if (await storage.digests(session)).get(catalogue.municipality.id) == digest:
                return False
            await storage.replace(session, _encoded(catalogue, digest), self._clock.now())
        return True


def _encoded(catalogue: Catalogue, digest: str) -> StoredCatalogue:
    document = _MunicipalityDocument(catalogue.municipality, catalogue.mobile_library, catalogue.problem_map)
    return StoredCatalogue(
        id=catalogue.municipality.id,
        digest=digest,
        document=msgspec.json.encode(document),
        institutions=tuple(StoredEntry(item.id, "", msgspec.json.encode(item)) for item in catalogue.institutions),
        services=tuple(StoredEntry(item.id, item.title, msgspec.json.encode(item)) for item in catalogue.services),
    )


def _decoded(stored: StoredCatalogue) -> Catalogue:
    document = msgspec.json.decode(stored.document, type=_MunicipalityDocument)
    institution, service = msgspec.json.Decoder(Institution), msgspec.json.Decoder(Service)
    return Catalogue(
        municipality=document.municipality,
        institutions=tuple(institution.decode(entry.document) for entry in stored.institutions),
        services=tuple(service.decode(entry.document) for entry in stored.services),
        mobile_library=document.mobile_library,
        problem_map=document.problem_map,
    )
