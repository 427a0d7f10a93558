"""Alive and ready are two questions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import Core
from bot.storage.database import Database
from channels.web.app import create_app
from tests.conftest import WebClient
from tests.fakes import FakeEngine
from tests.waiting import until_true


async def test_with_engine_and_database_it_is_alive_and_ready(client: WebClient) -> None:
    assert await (await client.get("/healthz")).json() == {"status": "ok"}
    ready = await client.get("/readyz")
    assert (ready.status, await ready.json()) == (200, {"engine": True, "database": True})


class TestBeforeTheEngineIsReady:
    """The engine is still loading."""

    @pytest.fixture
    def engine(self) -> FakeEngine:
        """An engine that is ready when `go` is set."""
        return FakeEngine(starts_ready=False)

    async def test_it_is_alive_and_not_ready_until_the_engine_is(self, client: WebClient, engine: FakeEngine) -> None:
        assert (await client.get("/healthz")).status == 200
        loading = await client.get("/readyz")
        assert (loading.status, await loading.json()) == (503, {"engine": False, "database": True})
        engine.go.set()
        await until_true(lambda: engine.ready)
        assert (await client.get("/readyz")).status == 200


class TestWithoutDatabase:
    """The database cannot be opened."""

    @pytest.fixture
    async def broken(self, core: Core, tmp_path: Path) -> AsyncIterator[WebClient]:
        """A client of an application over a database that is not there."""
        gone = replace(core, database=Database(f"sqlite:///{tmp_path / 'nera' / 'langelis.db'}"))
        async with TestClient(TestServer(create_app(gone))) as opened:
            yield opened

    async def test_it_is_alive_and_not_ready(self, broken: WebClient) -> None:
        assert (await broken.get("/healthz")).status == 200
        response = await broken.get("/readyz")
        assert (response.status, await response.json()) == (503, {"engine": True, "database": False})
