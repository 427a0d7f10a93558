"""Speed with a clock that the test moves."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.catalogue import Catalogue
from bot.evaluation.speed import joined, measure_speed, percentile
from bot.nlu.classifier import Prediction
from bot.nlu.reading import Reading
from bot.services.packs import load_pack
from bot.settings import PROJECT_ROOT

PACKS = PROJECT_ROOT / "nlu_data" / "municipalities"


class SlowParser:
    """Reads messages, each one second slower than the one before."""

    def __init__(self) -> None:
        self.now = 0.0
        self._read = 0

    def read(self, text: str) -> Reading:
        """See `Parser`."""
        self._read += 1
        self.now += self._read
        chosen = Prediction("ask_service", 1.0)
        return Reading(chosen, (chosen,))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """A real catalogue."""
    found = load_pack(PACKS / "trakai", date(2026, 11, 21)).catalogue
    assert found is not None
    return found


def test_a_percentile_is_the_nearest_rank() -> None:
    values = [5.0, 1.0, 2.0, 4.0, 3.0]
    assert percentile(values, 0.5) == 3.0
    assert percentile(values, 0.95) == 5.0
    assert percentile(values, 0.2) == 1.0
    assert percentile([7.0], 0.5) == 7.0


def test_catalogues_are_joined_to_exactly_so_many_services_of_different_ids(catalogue: Catalogue) -> None:
    for number in (3, len(catalogue.services) * 2 + 5):
        every = joined([catalogue, catalogue], number).services
        assert len(every) == number
        assert len({service.id for service in every}) == number


def test_the_first_messages_only_warm_up(catalogue: Catalogue) -> None:
    parser = SlowParser()
    speed = measure_speed(["labas"] * 22, parser, joined([catalogue], 3), timer=lambda: parser.now)
    assert speed is not None
    assert (speed.messages, speed.services) == (2, 3)
    assert (speed.p50_ms, speed.p95_ms, speed.index_ms) == (21_000.0, 22_000.0, 0.0)


def test_few_messages_are_all_measured_and_none_have_no_speed(catalogue: Catalogue) -> None:
    parser = SlowParser()
    speed = measure_speed(["labas"], parser, joined([catalogue], 3), timer=lambda: parser.now)
    assert speed is not None
    assert speed.messages == 1
    assert measure_speed([], parser, joined([catalogue], 3), timer=lambda: parser.now) is None
