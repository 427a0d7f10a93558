"""Sends what lies in the outbox: at least once, with back-off, given up visibly."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import structlog

from bot.core.clock import Clock
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.outbox import Parcel

log = structlog.get_logger(__name__)

Sender = Callable[[Mapping[str, object]], Awaitable[None]]

MAX_ATTEMPTS = 12
_FIRST_DELAY_SECONDS = 2
_LONGEST_DELAY_SECONDS = 3600


def retry_delay(attempts: int) -> timedelta | None:
    """Return how long to wait after the given number of failed tries; None = give up."""
    if attempts >= MAX_ATTEMPTS:
        return None
    return timedelta(seconds=min(_LONGEST_DELAY_SECONDS, _FIRST_DELAY_SECONDS * 2 ** (attempts - 1)))


class OutboxWorker:
    """Hands each due parcel to the sender of its kind."""

    def __init__(self, *, database: Database, clock: Clock, senders: Mapping[str, Sender]) -> None:
        self._database = database
        self._clock = clock
        self._senders = senders

    async def send_all(self) -> None:
        """Try until nothing is due any more."""
        while await self.send_due():
            pass

    async def send_due(self) -> int:
        """Try everything that is due now and return how many parcels were tried."""
        async with self._database.read() as session:
            parcels = await outbox.due(session, self._clock.now())
        for parcel in parcels:
            await self._send(parcel)
        return len(parcels)

    async def _send(self, parcel: Parcel) -> None:
        error = await self._try(parcel)
        now = self._clock.now()
        async with self._database.write() as session:
            if error is None:
                await outbox.mark_sent(session, parcel, now)
                return
            delay = retry_delay(parcel.attempts + 1)
            await outbox.mark_failed(session, parcel, error, None if delay is None else now + delay)
        log.warning("outbox_failed", parcel=parcel.id, kind=parcel.kind, error=error, given_up=delay is None)

    async def _try(self, parcel: Parcel) -> str | None:
        sender = self._senders.get(parcel.kind)
        if sender is None:
            return f"no sender for {parcel.kind!r}"
        try:
            await sender(parcel.body)
        except Exception as error:  # noqa: BLE001 - a sender's failure of any kind is retried and shown
            return f"{type(error).__name__}: {error}"
        return None
