"""People over a database of the test's own, with cheap passwords and a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.services.people.people import People, build_people
from bot.storage.database import Database
from tests.conftest import CHEAP
from tests.fakes import FakeClock
from tests.people import MUNICIPALITIES


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A database with all tables."""
    opened = Database(f"sqlite:///{tmp_path / 'langelis.db'}")
    await opened.upgrade()
    yield opened
    await opened.close()


@pytest.fixture
def people(database: Database, clock: FakeClock) -> People:
    """All services about people."""
    return build_people(database=database, clock=clock, municipalities=lambda: MUNICIPALITIES, cost=CHEAP)
