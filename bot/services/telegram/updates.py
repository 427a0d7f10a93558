"""Telegram's updates: stored before work, worked off in order in each chat, side by side over chats."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.clock import Clock
from bot.services.hub import Within
from bot.storage import telegram, telegram_updates
from bot.storage.database import Database
from bot.storage.telegram import Place, RowRef
from bot.storage.telegram_updates import Stored

log = structlog.get_logger(__name__)

_MOST_ATTEMPTS = 5
_AT_ONCE = 16
"""So many chats are worked on side by side; more would only queue for the database."""
_KEPT = timedelta(days=2)
"""Telegram keeps an update for a day at most: after two it cannot come again."""
_WITH_CHAT = ("message", "edited_message", "my_chat_member")


@dataclass(frozen=True, slots=True)
class Mapped:
    """Which row of which log a resident's message became."""

    message_id: int
    conversation: str
    seq: int


class Ending:
    """Ends the work on an update, in the transaction that stores its message where the handler lets it."""

    def __init__(self, stored: Stored, clock: Clock) -> None:
        self._stored = stored
        self._clock = clock
        self.called = False

    def within(self, message_id: int, conversation: str) -> Within:
        """Return the ending as the hub calls it for a message that it stores."""

        async def end(session: AsyncSession, seq: int) -> None:
            await self(session, Mapped(message_id, conversation, seq))

        return end

    async def __call__(self, session: AsyncSession, mapped: Mapped | None) -> None:
        """Record that the update is done and which row its message became."""
        self.called = True
        if mapped is not None:
            place = Place(self._stored.bot, self._stored.chat, mapped.message_id)
            await telegram.map_message(session, place, RowRef(mapped.conversation, mapped.seq))
        await telegram_updates.mark_done(session, self._stored.bot, self._stored.update_id, self._clock.now())


Handler = Callable[[Stored, Ending], Awaitable[Mapped | None]]
"""Works off an update; it may call the ending itself, as the last thing in the transaction of its last step."""
_Key = tuple[str, int]


def chat_of_update(update: Mapping[str, Any]) -> int | None:
    """Return the number of the chat that an update belongs to, None for one that is none of ours."""
    try:
        for kind in _WITH_CHAT:
            if kind in update:
                return int(update[kind]["chat"]["id"])
        pressed = update.get("callback_query")
        # The message under which a very old keyboard stood is not sent any more.
        return None if pressed is None else int((pressed.get("message") or {}).get("chat", pressed["from"])["id"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


class Updates:
    """Stores updates and hands them to the handler, each until it is done."""

    def __init__(self, *, database: Database, clock: Clock, handler: Handler) -> None:
        self._database = database
        self._clock = clock
        self._handler = handler
        self._running: dict[_Key, asyncio.Task[None]] = {}
        self._again: set[_Key] = set()
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def store(self, bot: str, updates: Sequence[Mapping[str, Any]]) -> None:
        """Store updates of a bot in one transaction and set to work; what was stored before stays as it is.

        Raises `KeyError` or `TypeError` for what has no number; nothing is stored then.
        """
        ours = [(chat, update) for update in updates if (chat := chat_of_update(update)) is not None]
        if any(not isinstance(update["update_id"], int) for update in updates):
            raise TypeError("update_id is no number")
        if not ours:
            return
        async with self._database.write() as session:
            await telegram_updates.add(session, bot, ours, self._clock.now())
        for chat in {chat for chat, _ in ours}:
            self.wake(bot, chat)

    async def sweep(self) -> None:
        """See to every chat in which updates wait, also what a killed process left."""
        async with self._database.read() as session:
            waiting = await telegram_updates.waiting_chats(session)
        for bot, chat in waiting:
            self.wake(bot, chat)

    async def tidy(self) -> None:
        """Forget what was worked off long ago, and codes that are over."""
        now = self._clock.now()
        async with self._database.write() as session:
            await telegram_updates.forget_before(session, now - _KEPT)
            await telegram.forget_codes(session, now)

    def wake(self, bot: str, chat: int) -> None:
        """See to a chat now."""
        key = bot, chat
        if key in self._running:
            self._again.add(key)
        else:
            self._running[key] = asyncio.create_task(self._drain(key))

    async def close(self) -> None:
        """Let what is being worked on end."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def _drain(self, key: _Key) -> None:
        try:
            while True:
                self._again.discard(key)
                while await self._handle_next(*key):
                    pass
                if key not in self._again:
                    return
        except Exception:
            log.exception("telegram_updates_stopped", bot=key[0])
        finally:
            del self._running[key]

    async def _handle_next(self, bot: str, chat: int) -> bool:
        """Work off a chat's oldest update; return whether it came to its end and others wait behind it."""
        async with self._slots:
            async with self._database.read() as session:
                stored = await telegram_updates.next_of(session, bot, chat)
            if stored is None:
                return False
            ending = Ending(stored, self._clock)
            try:
                mapped = await self._handler(stored, ending)
            except Exception:
                # The words stay in the database; the next sweep tries again.
                log.exception("telegram_update_failed", bot=bot, update=stored.update_id)
                return await self._failed(stored)
            if not ending.called:
                async with self._database.write() as session:
                    await ending(session, mapped)
            return stored.more

    async def _failed(self, stored: Stored) -> bool:
        """Count the failure; an update that fails again and again must not hold up the chat for ever."""
        async with self._database.write() as session:
            if stored.attempts + 1 < _MOST_ATTEMPTS:
                await telegram_updates.mark_failed(session, stored.bot, stored.update_id)
                return False
            await telegram_updates.mark_done(session, stored.bot, stored.update_id, self._clock.now())
        log.error("telegram_update_given_up", bot=stored.bot, update=stored.update_id)
        return True
