"""What the tests over a real database share."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.settings import Settings
from bot.storage.database import Database


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """An empty database."""
    opened = Database(settings.database_url)
    await opened.upgrade()
    yield opened
    await opened.close()
