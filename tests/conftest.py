"""What all tests share: a core on a database of its own, a served application, and one real server for all.

Nothing here needs the network: a fixture below makes any use of it fail.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import settings as hypothesis_settings

from bot.app import Core, build, running
from bot.engine.rasa.training import find_or_train
from bot.services.catalogues import Catalogues
from bot.services.importing import import_all
from bot.services.people.passwords import PasswordCost
from bot.services.texts import Texts
from bot.settings import PROJECT_ROOT, Settings, project_path
from bot.storage.database import Database
from channels.web.app import create_app
from tests.fakes import FakeClock, FakeEngine

WebClient = TestClient[web.Request, web.Application]

CHEAP = PasswordCost(passes=1, memory_kib=8, lanes=1)
"""Passwords that cost nothing to check."""
_START_SECONDS = 600

# How long an example takes depends on what else the machine does; speed is measured in tests/benchmarks.
hypothesis_settings.register_profile("langelis", deadline=None)
hypothesis_settings.load_profile("langelis")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Train the model of the present data before the tests that serve it: the time of a test is limited."""
    needed = any("start_server" in getattr(item, "fixturenames", ()) for item in session.items)
    if needed and not session.config.option.collectonly:
        asyncio.run(find_or_train(project_path(Settings().models_dir)))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that connects anywhere but to this machine."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "localhost", "::1"}:
            pytest.fail(f"a test tried to connect to {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", local_only)


@pytest.fixture(autouse=True)
def _own_logging() -> Iterator[None]:
    """Leave no test's logging to the next one: a command sets up its own for the whole process."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a database of the test's own and no limits in the way."""
    return Settings(
        database_url=f"sqlite:///{tmp_path / 'langelis.db'}",
        models_dir=tmp_path / "models",
        attachments_dir=tmp_path / "attachments",
        token_messages_per_minute=1_000_000,
        address_messages_per_minute=1_000_000,
        reply_timeout_seconds=10,
    )


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still until it is moved: Saturday 2026-11-21, noon in Vilnius."""
    return FakeClock()


@pytest.fixture
def engine() -> FakeEngine:
    """An engine that is ready and echoes."""
    return FakeEngine()


@pytest.fixture(scope="session")
def imported_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database into which the shipped packs were imported once, to be copied for each test."""
    path = tmp_path_factory.mktemp("imported") / "langelis.db"

    async def prepare() -> None:
        database, clock = Database(f"sqlite:///{path}"), FakeClock()
        await database.upgrade()
        await import_all(Catalogues(database, clock), project_path(Settings().packs_dir), clock.now().date())
        await database.close()

    loop = asyncio.new_event_loop()
    loop.run_until_complete(prepare())
    loop.close()
    return path


@pytest.fixture
def imported(settings: Settings, imported_database: Path, tmp_path: Path) -> Settings:
    """Settings over a database that holds the shipped packs already: reading them takes a second."""
    shutil.copy(imported_database, settings.database_url.removeprefix("sqlite:///"))
    return replace(settings, packs_dir=tmp_path / "already imported")


@pytest.fixture(scope="session")
def texts() -> Texts:
    """The phrases, compiled once: they never change."""
    return Texts()


@pytest.fixture
async def core(
    imported: Settings, engine: FakeEngine, clock: FakeClock, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Core]:
    """A running core over a real SQLite file, the real data packs and the fake engine."""
    monkeypatch.setattr("bot.app.Texts", lambda: texts)
    built = build(imported, engine=engine, clock=clock, password_cost=CHEAP)
    async with running(built) as load_engine:
        loading = load_engine()
        if engine.ready:
            await loading
        yield built


@pytest.fixture
async def client(core: Core) -> AsyncIterator[WebClient]:
    """A client of the web application, over a real socket."""
    async with TestClient(TestServer(create_app(core))) as opened:
        yield opened


@dataclass(frozen=True)
class LiveServer:
    """A `langelis serve` process."""

    url: str
    database: Path
    process: subprocess.Popen[bytes]


ServerStarter = Callable[..., LiveServer]


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerStarter]:
    """Start further servers: keyword arguments become `LANGELIS_*` settings; `database` and `port` are used again."""
    processes: list[subprocess.Popen[bytes]] = []

    def start(
        *, database: Path | None = None, port: int | None = None, wait_ready: bool = True, **given: str
    ) -> LiveServer:
        folder = tmp_path_factory.mktemp("server")
        database = database or folder / "langelis.db"
        port = port or _free_port()
        environment = {
            **os.environ,
            "LANGELIS_PORT": str(port),
            "LANGELIS_DATABASE_URL": f"sqlite:///{database}",
            "LANGELIS_ATTACHMENTS_DIR": str(database.parent / "attachments"),
            "LANGELIS_TOKEN_MESSAGES_PER_MINUTE": "1000000",
            "LANGELIS_ADDRESS_MESSAGES_PER_MINUTE": "1000000",
            **{f"LANGELIS_{name.upper()}": value for name, value in given.items()},
        }
        with (folder / "server.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "bot", "serve"], cwd=PROJECT_ROOT, env=environment, stderr=log
            )
        processes.append(process)
        server = LiveServer(f"http://127.0.0.1:{port}", database, process)
        _wait(server, "/readyz" if wait_ready else "/healthz", folder / "server.log")
        return server

    yield start
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def foreign_socket() -> Iterator[socket.socket]:
    """A port for a stranger's website, reserved before it is served."""
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        yield reserved


@pytest.fixture(scope="session")
def foreign_origin(foreign_socket: socket.socket) -> str:
    """The origin of the stranger's website that the shared server lets embed the widget."""
    return f"http://127.0.0.1:{foreign_socket.getsockname()[1]}"


@pytest.fixture(scope="session")
def live(start_server: ServerStarter, foreign_origin: str) -> LiveServer:
    """The one real server with the real trained model that all tests share."""
    return start_server(allowed_origins=foreign_origin)


@pytest.fixture(scope="session")
def live_server(live: LiveServer) -> str:
    """The base URL of the shared server."""
    return live.url


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait(server: LiveServer, path: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            pytest.fail(f"the server ended:\n{log.read_text(errors='replace')[-3000:]}")
        try:
            with urllib.request.urlopen(server.url + path, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"the server did not answer {path}:\n{log.read_text(errors='replace')[-3000:]}")
