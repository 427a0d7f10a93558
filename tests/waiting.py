"""Waiting for a condition instead of sleeping for a guess."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 10) -> None:
    """Return as soon as the condition holds. Raises `asyncio.TimeoutError`."""

    async def poll() -> None:
        while not await condition():  # noqa: ASYNC110 - any condition, not only our own events
            await asyncio.sleep(0.005)

    await asyncio.wait_for(poll(), seconds)


async def until_true(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Return as soon as the plain condition holds. Raises `asyncio.TimeoutError`."""

    async def asked() -> bool:
        return condition()

    await until(asked, seconds)
