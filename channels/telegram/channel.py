"""The Telegram channel inside the one process: built by the composition root, started and stopped with the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import structlog

from bot.services.attachments.keeper import Attachments
from bot.services.handoff.tools import Tools
from bot.services.hub import Hub
from bot.services.outbox import OutboxWorker
from bot.services.outbox_lanes import LaneWorker
from bot.services.telegram.chats import Chats
from bot.services.telegram.continuing import Continuing
from bot.services.telegram.delivery import KIND
from bot.services.telegram.directory import Directory
from bot.services.telegram.letters import Letters
from bot.services.telegram.updates import Updates
from bot.settings import Settings
from channels.telegram.background import Background
from channels.telegram.bots import lines
from channels.telegram.connecting import Connecting
from channels.telegram.files import Files
from channels.telegram.handling import Handling
from channels.telegram.intake import Intake
from channels.telegram.media import Media
from channels.telegram.presses import Presses
from channels.telegram.sender import TelegramSender
from channels.telegram.starting import Starting
from channels.telegram.typing import TypingSigns

log = structlog.get_logger(__name__)

_SWEEP_SECONDS = 1.0
_TIDY_SECONDS = 3600.0
_STOP_SECONDS = 3.0


class TelegramChannel:
    """Takes updates in and sends what the log holds for Telegram."""

    def __init__(
        self,
        settings: Settings,
        *,
        tools: Tools,
        hub: Hub,
        chats: Chats,
        continuing: Continuing,
        directory: Directory,
        attachments: Attachments,
    ) -> None:
        self._tools = tools
        self._lines = {line.name: line for line in lines(settings)}
        self._background = Background()
        self._signs = TypingSigns(self._lines, self._background)
        presses = Presses(hub=hub, chats=chats, texts=tools.texts, background=self._background, signs=self._signs)
        files = Files(attachments, tools.texts)
        intake = Intake(hub, chats)
        handling = Handling(
            self._lines,
            chats=chats,
            intake=intake,
            media=Media(files=files, intake=intake, texts=tools.texts),
            continuing=continuing,
            texts=tools.texts,
            starting=Starting(chats, tools.catalogues),
            presses=presses,
            signs=self._signs,
        )
        self._updates = Updates(database=tools.database, clock=tools.clock, handler=handling)
        self._connecting = Connecting(settings, updates=self._updates, directory=directory, texts=tools.texts)
        sender = TelegramSender(
            self._lines,
            letters=Letters(tools.database),
            files=files,
            texts=tools.texts,
            chats=chats,
            directory=directory,
        )
        worker = OutboxWorker(
            database=tools.database, clock=tools.clock, senders={KIND: sender}, given_up=chats.given_up
        )
        self._outgoing = LaneWorker(KIND, worker, database=tools.database, clock=tools.clock)
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._unfollow: Sequence[Callable[[], None]] = ()

    def serves(self, bot: str) -> bool:
        """Tell whether there is a bot of this name."""
        return bot in self._lines

    async def receive(self, bot: str, update: Mapping[str, Any]) -> None:
        """Store an update that Telegram has sent by itself; it is worked off later. Raises as `Updates.store`."""
        await self._updates.store(bot, [update])

    def start(self) -> None:
        """Begin to serve; returns at once."""
        self._unfollow = [
            self._tools.bus.follow(self._signs.hear),
            self._tools.database.follow(self._outgoing.hear),
        ]
        steps: Sequence[tuple[str, float, Callable[[], Awaitable[None]]]] = (
            ("telegram_updates", _SWEEP_SECONDS, self._updates.sweep),
            ("telegram_tidy", _TIDY_SECONDS, self._updates.tidy),
            ("telegram_outbox", _SWEEP_SECONDS, self._outgoing.send_due),
        )
        for name, seconds, step in steps:
            self._tasks.append(asyncio.create_task(self._repeat(name, seconds, step)))
        for line in self._lines.values():
            self._tasks.append(asyncio.create_task(self._connecting.serve(line, self._stop)))

    async def close(self) -> None:
        """Stop; what is under way ends or is done again after the next start."""
        for unfollow in self._unfollow:
            unfollow()
        self._stop.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._updates.close()
        await self._outgoing.close(_STOP_SECONDS)
        await self._background.close()
        for line in self._lines.values():
            await line.bot.shutdown()

    async def _repeat(self, name: str, seconds: float, step: Callable[[], Awaitable[None]]) -> None:
        while not self._stop.is_set():
            try:
                await step()
            except Exception:
                log.exception("worker_failed", worker=name)
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._stop.wait(), seconds)
