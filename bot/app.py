"""The composition root: builds every part once and wires them together; nothing else is global."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from bot.core.clock import Clock, SystemClock, local
from bot.engine.base import Engine
from bot.engine.rasa.engine import RasaEngine
from bot.engine.rasa.training import find_or_train
from bot.services.bus import Bus
from bot.services.cases.access import CaseAccess
from bot.services.cases.desk import CaseDesk
from bot.services.cases.identity import CaseIdentity
from bot.services.cases.notices import Notices
from bot.services.catalogues import Catalogues
from bot.services.hub import Hub
from bot.services.importing import import_all
from bot.services.masking import Masker
from bot.services.outbox import OutboxWorker
from bot.services.texts import Texts
from bot.services.turns import TurnRunner
from bot.settings import Settings, project_path
from bot.storage.database import Database

if TYPE_CHECKING:
    from actions.base import ActionServices

log = structlog.get_logger(__name__)

_SWEEP_SECONDS = 5.0
_OUTBOX_SECONDS = 1.0
_STOP_SECONDS = 5.0
"""How long a worker may take to end its present step."""


@dataclass(frozen=True, kw_only=True)
class Core:
    """Everything that the channels need."""

    settings: Settings
    clock: Clock
    database: Database
    texts: Texts
    bus: Bus
    catalogues: Catalogues
    engine: Engine
    turns: TurnRunner
    hub: Hub
    desk: CaseDesk
    case_access: CaseAccess
    case_identity: CaseIdentity
    outbox: OutboxWorker


def build(settings: Settings, *, engine: Engine | None = None, clock: Clock | None = None) -> Core:
    """Build the parts without starting anything; tests give an engine and a clock of their own."""
    clock = clock or SystemClock()
    database, texts, bus = Database(settings.database_url), Texts(), Bus()
    catalogues = Catalogues(database, clock)
    engine = engine or _rasa_engine(settings, database, catalogues, texts, clock)
    turns = TurnRunner(database=database, engine=engine, clock=clock, bus=bus, texts=texts, catalogues=catalogues)
    hub = Hub(
        database=database,
        clock=clock,
        bus=bus,
        texts=texts,
        masker=Masker(texts),
        catalogues=catalogues,
        turns=turns,
    )
    desk = CaseDesk(database=database, clock=clock, catalogues=catalogues, notices=Notices())
    return Core(
        settings=settings,
        clock=clock,
        database=database,
        texts=texts,
        bus=bus,
        catalogues=catalogues,
        engine=engine,
        turns=turns,
        hub=hub,
        desk=desk,
        case_access=CaseAccess(database=database, clock=clock),
        case_identity=CaseIdentity(database=database, clock=clock),
        outbox=OutboxWorker(database=database, clock=clock, senders={}),
    )


@asynccontextmanager
async def running(core: Core) -> AsyncIterator[Callable[[], asyncio.Task[None]]]:
    """Bring the database up to date, take in the data packs and run the workers.

    Yields the call that begins to load the engine: a server makes it once it listens, for loading slows all else down.
    """
    await core.database.upgrade()
    await import_all(core.catalogues, project_path(core.settings.packs_dir), local(core.clock.now()).date())
    await core.catalogues.refresh()
    stop, tasks = asyncio.Event(), list[asyncio.Task[None]]()
    for name, seconds, step in (
        ("turns", _SWEEP_SECONDS, core.turns.sweep),
        ("outbox", _OUTBOX_SECONDS, core.outbox.send_all),
        ("catalogues", core.settings.catalogue_poll_seconds, core.catalogues.refresh),
    ):
        tasks.append(asyncio.create_task(_repeat(name, seconds, step, stop)))

    def load_engine() -> asyncio.Task[None]:
        tasks.append(asyncio.create_task(_load_engine(core)))
        return tasks[-1]

    try:
        yield load_engine
    finally:
        stop.set()
        # A step in the database ends soon and must not be cut off there; a network or an engine may be slow.
        _, late = await asyncio.wait(tasks, timeout=_STOP_SECONDS if core.engine.ready else 0)
        for task in late:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await core.turns.close()
        await core.engine.stop()
        await core.database.close()


async def serve(settings: Settings) -> int:
    """Serve until a signal comes; return the exit code."""
    from channels.web.server import run

    return await run(build(settings))


def open_action_services() -> ActionServices:
    """Open what actions need when rasa-sdk's own server runs them (`rasa run actions`)."""
    from actions.base import ActionServices
    from bot.services.answering.router import Answering

    settings, clock, texts = Settings.from_environment(), SystemClock(), Texts()
    catalogues = Catalogues(Database(settings.database_url), clock)

    # The action server's loop is running already: the catalogue is read in a thread with a loop of its own.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, catalogues.refresh()).result()
    return ActionServices(catalogues=catalogues, texts=texts, answering=Answering(texts), clock=clock)


async def _load_engine(core: Core) -> None:
    await core.engine.start()
    await core.turns.sweep()


async def _repeat(name: str, seconds: float, step: Callable[[], Awaitable[object]], stop: asyncio.Event) -> None:
    """Do a step again and again; one bad moment of the disk does not silence the worker."""
    while not stop.is_set():
        try:
            await step()
        except Exception:
            log.exception("worker_failed", worker=name)
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)


def _rasa_engine(
    settings: Settings, database: Database, catalogues: Catalogues, texts: Texts, clock: Clock
) -> RasaEngine:
    def make_actions() -> Iterable[object]:
        from actions.base import ActionServices
        from actions.registry import all_actions
        from bot.services.answering.router import Answering

        return all_actions(ActionServices(catalogues=catalogues, texts=texts, answering=Answering(texts), clock=clock))

    return RasaEngine(
        database=database,
        find_model=lambda: find_or_train(project_path(settings.models_dir)),
        make_actions=make_actions,
    )
