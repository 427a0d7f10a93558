"""Small stand-ins that obey the real interfaces."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta, timezone

from bot.core.conversation import Nlu
from bot.core.reply import Reply
from bot.engine.base import Engine, Turn, TurnResult

Answerer = Callable[[Turn], tuple[Reply, ...]]


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 11, 21, 10, 0, tzinfo=timezone.utc)) -> None:
        self._now = now

    def now(self) -> datetime:
        """See the protocol."""
        return self._now

    def move(self, **by: float) -> None:
        """Move on, by the arguments of `timedelta`."""
        self._now += timedelta(**by)


class FakeEngine(Engine):
    """Echoes each message; `turns` holds what it was asked. `hold` makes turns wait until it is set."""

    def __init__(self, *, starts_ready: bool = True) -> None:
        self._ready = starts_ready
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.turns: list[Turn] = []
        self.forgotten: list[str] = []
        self.erases: Callable[[Turn], bool] = lambda _turn: False
        self.reading: Callable[[Turn], Nlu | None] = lambda _turn: None
        self.state: Callable[[Turn], bytes] = lambda turn: f"state after {turn.seq}".encode()
        self.answerer: Answerer = lambda turn: (Reply(text=f"atsakymas: {turn.text}"),)
        self.hold: asyncio.Event | None = None
        self.go = asyncio.Event()

    @property
    def ready(self) -> bool:
        """See parent class."""
        return self._ready

    async def start(self) -> None:
        """Become ready once `go` is set, at once when it was ready from the start."""
        if not self._ready:
            await self.go.wait()
            self._ready = True

    async def stop(self) -> None:
        """See parent class."""

    @asynccontextmanager
    async def _locked(self, conversation: str) -> AsyncIterator[None]:
        async with self._locks[conversation]:
            yield

    def lock(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """See parent class."""
        return self._locked(conversation)

    def forget(self, conversation: str) -> None:
        """See parent class."""
        self.forgotten.append(conversation)

    async def answer(self, turn: Turn) -> TurnResult:
        """See parent class."""
        self.turns.append(turn)
        if self.hold is not None:
            await self.hold.wait()
        if self.erases(turn):
            return TurnResult(replies=(), erase=True)
        return TurnResult(replies=self.answerer(turn), nlu=self.reading(turn), state=self.state(turn))
