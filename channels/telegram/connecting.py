"""Brings a bot up: acknowledged by Telegram, its menu set, its updates fetched or received."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode

import structlog
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.services.telegram.directory import Directory
from bot.services.telegram.updates import Updates
from bot.services.texts import Texts
from bot.settings import Settings
from channels.telegram.bots import Line
from channels.telegram.commands import menu
from channels.telegram.errors import seconds_to_wait

log = structlog.get_logger(__name__)

Result = TypeVar("Result")
_FIRST_SECONDS = 1.0
_LONGEST_SECONDS = 60.0
_ALLOWED = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]


class Connecting:
    """Serves one bot until it is cancelled; a token that is refused ends it with one line."""

    def __init__(self, settings: Settings, *, updates: Updates, directory: Directory, texts: Texts) -> None:
        self._settings = settings
        self._updates = updates
        self._directory = directory
        self._texts = texts

    async def serve(self, line: Line, stop: asyncio.Event) -> None:
        """Bring the bot up and take its updates until `stop` is set."""
        try:
            await _until_done(stop, line.bot.initialize)
            if stop.is_set():
                return
            self._directory.tell(line.municipality, line.bot.username)
            await _until_done(stop, lambda: line.bot.set_my_commands(menu(self._texts)))
            log.info("telegram_ready", bot=line.name, mode=self._settings.telegram_mode)
            if self._settings.telegram_mode == "webhook":
                await _until_done(stop, lambda: self._set_webhook(line))
            else:
                await _until_done(stop, line.bot.delete_webhook)
                await self._poll(line, stop)
        except InvalidToken:
            # Its words hold the token. The website needs no Telegram: the rest goes on.
            print(  # noqa: T201 - for the person who started it
                f"Langelis: Telegram is off for {line.name}: the token in {line.setting} was refused",
                file=sys.stderr,
                flush=True,
            )

    async def _set_webhook(self, line: Line) -> None:
        await line.bot.set_webhook(
            f"{self._settings.public_url}/webhooks/telegram/{line.name}",
            secret_token=self._settings.telegram_webhook_secret,
            allowed_updates=_ALLOWED,
        )

    async def _poll(self, line: Line, stop: asyncio.Event) -> None:
        """Fetch updates; Telegram forgets them only when the next request names a later number."""
        offset: int | None = None
        while not stop.is_set():
            fetched = await _until_done(stop, partial(self._fetch, line, offset))
            if not fetched:
                continue
            try:
                await self._updates.store(line.name, fetched)
                offset = max(int(update["update_id"]) for update in fetched) + 1
            except Exception:
                # They come again with the next request: nothing is lost by a bad moment of the disk.
                log.exception("telegram_updates_not_stored", bot=line.name)
                await _or_stop(stop, asyncio.sleep(_FIRST_SECONDS))

    async def _fetch(self, line: Line, offset: int | None) -> Sequence[Mapping[str, Any]]:
        """Return the next updates as Telegram writes them: one that the library cannot read must not hold up others."""
        seconds = self._settings.telegram_poll_seconds
        asked = {"timeout": seconds, "allowed_updates": json.dumps(_ALLOWED), **({"offset": offset} if offset else {})}
        fetched: Sequence[Mapping[str, Any]] = await line.fetching.post(  # type: ignore[assignment]
            f"{line.bot.base_url}/getUpdates?{urlencode(asked)}",
            read_timeout=float(seconds + self._settings.telegram_timeout_seconds),
        )
        return fetched


async def _until_done(stop: asyncio.Event, request: Callable[[], Awaitable[Result]]) -> Result | None:
    """Make a request until it succeeds and return its result; None when `stop` is set before.

    Raises `InvalidToken`. Between tries it waits, longer each time and never equally long.
    """
    failures = 0
    while not stop.is_set():
        try:
            return await _or_stop(stop, request())
        except InvalidToken:
            raise
        except TelegramError as error:
            failures += 1
            seconds = _delay(failures, error)
            if failures == 1 or isinstance(error, Conflict):
                log.warning("telegram_unreachable", error=type(error).__name__, retry_seconds=round(seconds, 1))
            await _or_stop(stop, asyncio.sleep(seconds))
    return None


def _delay(failures: int, error: TelegramError) -> float:
    if isinstance(error, RetryAfter):
        return seconds_to_wait(error)
    return min(_LONGEST_SECONDS, _FIRST_SECONDS * 2.0 ** (failures - 1)) * (0.75 + random.random() / 2)  # noqa: S311


async def _or_stop(stop: asyncio.Event, work: Awaitable[Result]) -> Result | None:
    """Return what the work gives; None when `stop` is set before: the work is then broken off."""
    working, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
