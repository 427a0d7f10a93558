"""Works off the lanes of the outbox: each in order, all side by side, so that a slow one holds up none but itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from bot.core.clock import Clock
from bot.services.outbox import OutboxWorker
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.outbox import LaneNews

log = structlog.get_logger(__name__)


class LaneWorker:
    """Sends the parcels of one kind; a parcel that must wait holds up those behind it in its lane."""

    def __init__(self, kind: str, worker: OutboxWorker, *, database: Database, clock: Clock) -> None:
        self._kind = kind
        self._worker = worker
        self._database = database
        self._clock = clock
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()

    async def send_due(self) -> None:
        """Set to work on every lane that has something due; returns before it is sent."""
        async with self._database.read() as session:
            lanes = await outbox.due_lanes(session, self._kind, self._clock.now())
        for lane in lanes:
            self.wake(lane)

    def hear(self, news: Sequence[object]) -> None:
        """Set to work on the lanes that a transaction has put something in; follows the database."""
        for told in news:
            if isinstance(told, LaneNews) and told.kind == self._kind:
                self.wake(told.lane)

    def wake(self, lane: str) -> None:
        """Set to work on a lane now."""
        if lane in self._running:
            # Its last look may have come before what is due now.
            self._again.add(lane)
        else:
            self._running[lane] = asyncio.create_task(self._drain(lane))

    async def close(self, seconds: float) -> None:
        """Let the lanes end what they are sending; what takes longer is sent again after the next start."""
        tasks = tuple(self._running.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _drain(self, lane: str) -> None:
        try:
            while True:
                self._again.discard(lane)
                more = True
                while more and (head := await self._head(lane)) is not None:
                    parcel, more = head
                    await self._worker.send(parcel)
                if lane not in self._again:
                    return
        except Exception:
            log.exception("lane_stopped", kind=self._kind)
        finally:
            del self._running[lane]

    async def _head(self, lane: str) -> tuple[outbox.Parcel, bool] | None:
        async with self._database.read() as session:
            return await outbox.head_of(session, self._kind, lane, self._clock.now())
