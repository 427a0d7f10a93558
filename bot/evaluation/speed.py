"""How long understanding takes: one message among many services, and building their index."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from math import ceil

from bot.core.catalogue import Catalogue
from bot.nlu.resolver import ServiceIndex
from bot.services.catalogues import LoadedCatalogue
from bot.services.understanding import Parser, understand

SERVICES = 300
_WARM_UP = 20
_BUILDS = 3

Timer = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Milliseconds a message (normalise, classify, resolve) and for the index, with so many services."""

    messages: int
    services: int
    p50_ms: float
    p95_ms: float
    index_ms: float


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share (0 … 1) of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def joined(catalogues: Sequence[Catalogue], services: int = SERVICES) -> Catalogue:
    """Return one catalogue of exactly so many services, those of all the given ones, repeated if too few."""
    every = [
        replace(service, id=f"{catalogue.municipality.id}-{service.id}")
        for catalogue in catalogues
        for service in catalogue.services
    ]
    chosen = [
        replace(service, id=f"{service.id}-{number}") for number, service in enumerate(islice(cycle(every), services))
    ]
    return replace(catalogues[0], services=tuple(chosen))


def measure_speed(
    texts: Sequence[str], parser: Parser, catalogue: Catalogue, timer: Timer = time.perf_counter
) -> Speed | None:
    """Measure messages that this process has not read before; the first few only warm up. None when there are none."""
    loaded = LoadedCatalogue(catalogue, "speed")
    index_ms = statistics.median(_seconds(timer, lambda: _build(catalogue)) for _ in range(_BUILDS)) * 1000
    loaded.services  # noqa: B018 - built when first asked for, and not to be measured with the first message
    taken = [_seconds(timer, lambda text=text: understand(text, parser, loaded)) * 1000 for text in texts]  # type: ignore[misc]
    measured = taken[_WARM_UP:] or taken
    if not measured:
        return None
    return Speed(
        messages=len(measured),
        services=len(catalogue.services),
        p50_ms=percentile(measured, 0.5),
        p95_ms=percentile(measured, 0.95),
        index_ms=index_ms,
    )


def _build(catalogue: Catalogue) -> object:
    return ServiceIndex.build(catalogue.services)


def _seconds(timer: Timer, work: Callable[[], object]) -> float:
    begun = timer()
    work()
    return timer() - begun
