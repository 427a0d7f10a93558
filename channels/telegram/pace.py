"""Telegram's limits: thirty messages a second in all, one a second in a chat."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

A_SECOND = 30
_SECOND = 1.0
_BUSY = 10
_MOST_CHATS = 50_000


class Pace:
    """Lets messages of one bot pass.

    A message counts from the moment it is let through until a second after its request has ended: wherever between it
    reached Telegram, no second held more than thirty.
    """

    def __init__(self, a_second: int = A_SECOND, chat_seconds: float = _SECOND) -> None:
        self._a_second = a_second
        self._chat_seconds = chat_seconds
        self._under_way = 0
        self._ended: deque[float] = deque()
        self._last_in_chat: OrderedDict[int, float] = OrderedDict()
        self._paused_until = 0.0

    @property
    def busy(self) -> bool:
        """Whether so much is being sent that nothing should be that is not needed."""
        return self._load(asyncio.get_running_loop().time()) >= min(_BUSY, self._a_second)

    def pause(self, seconds: float) -> None:
        """Let nothing pass for so long: Telegram asked for it."""
        self._paused_until = max(self._paused_until, asyncio.get_running_loop().time() + seconds)

    @asynccontextmanager
    async def message(self, chat: int) -> AsyncIterator[None]:
        """Wait until a message to the chat may be sent; to be sent within. One message of a chat at a time."""
        now = asyncio.get_running_loop().time
        wait = self._wait(chat, now())
        while wait > 0:
            await asyncio.sleep(wait)
            wait = self._wait(chat, now())
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._ended.append(now())
            self._last_in_chat[chat] = now()
            self._last_in_chat.move_to_end(chat)
            if len(self._last_in_chat) > _MOST_CHATS:
                self._last_in_chat.popitem(last=False)

    def _wait(self, chat: int, now: float) -> float:
        """Return the seconds until it is worth asking again; 0 when the message may pass."""
        in_chat = self._last_in_chat.get(chat, -_SECOND) + self._chat_seconds - now
        in_all = 0.0
        if self._load(now) >= self._a_second:
            in_all = self._ended[0] + _SECOND - now if self._ended else _SECOND / self._a_second
        return max(in_chat if chat in self._last_in_chat else 0.0, in_all, self._paused_until - now, 0.0)

    def _load(self, now: float) -> int:
        while self._ended and self._ended[0] <= now - _SECOND:
            self._ended.popleft()
        return self._under_way + len(self._ended)
