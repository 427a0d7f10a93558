"""The composition root: builds every part once and wires them together; nothing else is global."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.core.clock import Clock, SystemClock, local
from bot.engine.base import Engine
from bot.engine.rasa.engine import RasaEngine
from bot.engine.rasa.training import find_or_train
from bot.services.attachments.keeper import Attachments, open_attachments
from bot.services.bus import Bus
from bot.services.cases.access import CaseAccess
from bot.services.cases.delivery import DecisionDelivered
from bot.services.cases.desk import CaseDesk
from bot.services.cases.identity import CaseIdentity
from bot.services.cases.letters import Letters
from bot.services.cases.notices import Notices
from bot.services.cases.pushes import Pushes
from bot.services.cases.reminders import Reminders
from bot.services.catalogues import Catalogues
from bot.services.handoff.availability import Availability
from bot.services.handoff.desk import Handoff, build_handoff
from bot.services.handoff.queue import Queue
from bot.services.handoff.tasks import Tasks
from bot.services.handoff.tools import Tools
from bot.services.hub import Hub
from bot.services.importing import import_all
from bot.services.masking import Masker
from bot.services.outbox import OutboxWorker, Sender
from bot.services.own_data.own_data import OwnData, build_own_data, build_telling
from bot.services.people.passwords import PasswordCost
from bot.services.people.people import People, build_people
from bot.services.retention import RetentionJob, periods
from bot.services.telegram.chats import Chats
from bot.services.telegram.continuing import Continuing
from bot.services.telegram.delivery import KIND as TELEGRAM
from bot.services.telegram.directory import Directory
from bot.services.telegram.port import TelegramPort
from bot.services.texts import Texts
from bot.services.turns import TurnRunner
from bot.settings import Settings, project_path, telegram_bots
from bot.storage.database import Database

if TYPE_CHECKING:
    from actions.base import ActionServices

log = structlog.get_logger(__name__)

_SWEEP_SECONDS = 5.0
_OUTBOX_SECONDS = 1.0
_REMINDERS_SECONDS = 600.0
_RETENTION_SECONDS = 6 * 3600.0
_HANDOFF_SECONDS = 5.0
_SESSIONS_SECONDS = 3600.0
_WATCH_SECONDS = 2.0
"""How long a socket outlives a session that another process ended, as `langelis operator disable` does."""
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
    reminders: Reminders
    retention: RetentionJob
    attachments: Attachments
    people: People
    handoff: Handoff
    own_data: OwnData
    continuing: Continuing
    telegram_bots: Directory
    telegram: TelegramPort | None
    """None without a token: Telegram is off."""


def build(
    settings: Settings,
    *,
    engine: Engine | None = None,
    clock: Clock | None = None,
    password_cost: PasswordCost | None = None,
) -> Core:
    """Build the parts without starting anything; tests give an engine, a clock and cheap passwords of their own."""
    clock = clock or SystemClock()
    database, texts, bus = Database(settings.database_url), Texts(), Bus()
    catalogues = Catalogues(database, clock)
    tools = Tools(database=database, clock=clock, bus=bus, texts=texts, catalogues=catalogues)
    letters = Letters(catalogues=catalogues, clock=clock, public_url=settings.public_url)
    desk = CaseDesk(
        database=database, clock=clock, catalogues=catalogues, notices=Notices(letters), pushes=Pushes(texts)
    )
    access = CaseAccess(database=database, clock=clock)

    def make_actions() -> Iterable[object]:
        from actions.registry import all_actions

        return all_actions(_action_services(settings, tools, desk, access))

    engine = engine or RasaEngine(
        database=database,
        find_model=lambda: find_or_train(project_path(settings.models_dir)),
        make_actions=make_actions,
    )
    queue = Queue(tools)
    attachments = open_attachments(settings, database, clock, texts)
    own_data = build_own_data(tools, engine, attachments)
    turns = TurnRunner(
        database=database,
        engine=engine,
        clock=clock,
        bus=bus,
        texts=texts,
        catalogues=catalogues,
        queue=queue,
        erasure=own_data.erasure,
    )
    masker = Masker(texts)
    hub = Hub(
        database=database,
        clock=clock,
        bus=bus,
        texts=texts,
        masker=masker,
        catalogues=catalogues,
        turns=turns,
        erasure=own_data.erasure,
    )
    people = build_people(
        database=database,
        clock=clock,
        municipalities=lambda: frozenset(loaded.catalogue.municipality.id for loaded in catalogues.all),
        cost=password_cost,
    )
    continuing, directory = Continuing(tools), Directory()
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
        outbox=OutboxWorker(database=database, clock=clock, senders=outbox_senders(settings, database, clock)),
        desk=desk,
        case_access=access,
        case_identity=CaseIdentity(database=database, clock=clock),
        reminders=Reminders(database=database, clock=clock, catalogues=catalogues, letters=letters),
        retention=RetentionJob(
            database=database,
            clock=clock,
            periods=periods(settings),
            attachments=attachments,
        ),
        attachments=attachments,
        people=people,
        handoff=build_handoff(tools, queue=queue, desk=desk, audit=people.audit, settings=settings),
        own_data=own_data,
        continuing=continuing,
        telegram_bots=directory,
        telegram=_telegram(
            settings,
            tools=tools,
            hub=hub,
            chats=Chats(tools, masker),
            continuing=continuing,
            directory=directory,
            attachments=attachments,
        ),
    )


def _telegram(
    settings: Settings,
    *,
    tools: Tools,
    hub: Hub,
    chats: Chats,
    continuing: Continuing,
    directory: Directory,
    attachments: Attachments,
) -> TelegramPort | None:
    if not telegram_bots(settings):
        return None
    # Imported here: the library takes a second, which whoever has no bot should not wait for.
    from channels.telegram.channel import TelegramChannel

    return TelegramChannel(
        settings,
        tools=tools,
        hub=hub,
        chats=chats,
        continuing=continuing,
        directory=directory,
        attachments=attachments,
    )


def outbox_senders(settings: Settings, database: Database, clock: Clock) -> dict[str, Sender]:
    """Return who sends each kind of parcel under these settings; a kind without a sender is kept, not tried."""
    if not settings.smtp_host:
        return {}
    from bot.services.mail import KIND, MailSender

    return {KIND: DecisionDelivered(MailSender(settings), database=database, clock=clock)}


def outbox_kinds(settings: Settings) -> frozenset[str]:
    """Return which kinds of parcels somebody sends under these settings."""
    from bot.services.mail import KIND as MAIL

    configured = {MAIL: bool(settings.smtp_host), TELEGRAM: bool(telegram_bots(settings))}
    return frozenset(kind for kind, here in configured.items() if here)


@asynccontextmanager
async def running(core: Core) -> AsyncIterator[Callable[[], asyncio.Task[None]]]:
    """Bring the database up to date, take in the data packs and run the workers.

    Yields the call that begins to load the engine: a server makes it once it listens, for loading slows all else down.
    """
    await core.database.upgrade()
    await import_all(core.catalogues, project_path(core.settings.packs_dir), local(core.clock.now()).date())
    await core.catalogues.refresh()
    stop, tasks = asyncio.Event(), list[asyncio.Task[None]]()
    workers: list[tuple[str, float, Callable[[], Awaitable[object]]]] = [
        ("turns", _SWEEP_SECONDS, core.turns.sweep),
        # One worker a kind: a mail server that hangs does not keep other kinds waiting.
        *((f"outbox_{kind}", _OUTBOX_SECONDS, partial(core.outbox.send_all, kind)) for kind in core.outbox.kinds),
        ("reminders", _REMINDERS_SECONDS, core.reminders.remind),
        ("retention", _RETENTION_SECONDS, core.retention.run),
        ("erasure", _HANDOFF_SECONDS, core.own_data.erasure.tidy),
        ("handoff", _HANDOFF_SECONDS, core.handoff.presence.sweep),
        ("desk_events", _SESSIONS_SECONDS, core.handoff.presence.tidy),
        ("operator_sockets", _WATCH_SECONDS, core.people.watch.sweep),
        ("operator_sessions", _SESSIONS_SECONDS, core.people.sessions.tidy),
        ("catalogues", core.settings.catalogue_poll_seconds, core.catalogues.refresh),
    ]
    for name, seconds, step in workers:
        tasks.append(asyncio.create_task(_repeat(name, seconds, step, stop)))
    if core.telegram is not None:
        core.telegram.start()

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
        if core.telegram is not None:
            await core.telegram.close()
        await core.turns.close()
        await core.engine.stop()
        await core.database.close()


async def serve(settings: Settings) -> int:
    """Serve until a signal comes; return the exit code."""
    from channels.web.server import run

    return await run(build(settings))


def open_action_services() -> ActionServices:
    """Open what actions need when rasa-sdk's own server runs them (`rasa run actions`)."""
    settings, clock, texts = Settings.from_environment(), SystemClock(), Texts()
    database = Database(settings.database_url)
    catalogues = Catalogues(database, clock)

    # The action server's loop is running already: the catalogue is read in a thread with a loop of its own.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, catalogues.refresh()).result()
    letters = Letters(catalogues=catalogues, clock=clock, public_url=settings.public_url)
    desk = CaseDesk(
        database=database, clock=clock, catalogues=catalogues, notices=Notices(letters), pushes=Pushes(texts)
    )
    tools = Tools(database=database, clock=clock, bus=Bus(), texts=texts, catalogues=catalogues)
    return _action_services(settings, tools, desk, CaseAccess(database=database, clock=clock))


def _action_services(settings: Settings, tools: Tools, desk: CaseDesk, access: CaseAccess) -> ActionServices:
    from actions.base import ActionServices
    from bot.services.answering.router import Answering

    availability = Availability(tools)
    return ActionServices(
        catalogues=tools.catalogues,
        texts=tools.texts,
        answering=Answering(tools.texts),
        clock=tools.clock,
        cases=desk,
        access=access,
        availability=availability,
        tasks=Tasks(tools, availability),
        own_data=build_telling(tools, periods(settings), settings.public_url),
        public_url=settings.public_url,
    )


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
