"""Small requests beside the work: nobody waits for them, and nothing is lost when they fail."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import structlog
from telegram.error import TelegramError

log = structlog.get_logger(__name__)

_MOST = 100


class Background:
    """Runs requests; whoever has one that is not needed looks first whether it is `full`."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def run(self, name: str, request: Awaitable[object]) -> None:
        """Begin a request."""
        task = asyncio.create_task(_quietly(name, request))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def full(self) -> bool:
        """Whether so much is under way that what is not needed should be left."""
        return len(self._tasks) >= _MOST

    async def close(self) -> None:
        """Break off what is under way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _quietly(name: str, request: Awaitable[object]) -> None:
    try:
        await request
    except TelegramError as error:
        log.info("telegram_request_failed", request=name, error=type(error).__name__)
