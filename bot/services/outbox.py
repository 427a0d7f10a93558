"""Sends what lies in the outbox: at least once, with back-off, given up visibly.

A parcel of a kind that nobody sends here is left alone: it is kept until its sender is configured.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.clock import Clock
from bot.core.mail_address import masked_in
from bot.errors import LangelisError
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.outbox import Parcel

log = structlog.get_logger(__name__)

Record = Callable[[AsyncSession], Awaitable[None]]
"""Writes down what a sending has brought, in the transaction that records the parcel as sent."""
Sender = Callable[[Parcel], Awaitable[Record | None]]
"""Sends one parcel or raises; whatever it raises but `PermanentFailure` is tried again."""

GivenUp = Callable[[AsyncSession, Parcel, Exception], Awaitable[None]]
"""Told of a parcel that is given up, in the transaction that records it."""

MAX_ATTEMPTS = 12
_FIRST_DELAY_SECONDS = 2
_LONGEST_DELAY_SECONDS = 3600
_LARGEST_JITTER = 0.25
_LONGEST_ERROR = 500


class SendingError(LangelisError):
    """A parcel did not leave; `code` is the other side's number for it, None when it said none."""

    def __init__(self, message: str, *, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


class TemporaryFailure(SendingError):  # noqa: N818 - a word of the trade (RFC 5321: transient and permanent failure)
    """Waiting may heal it."""


class PermanentFailure(SendingError):  # noqa: N818 - see above
    """No waiting heals it: the parcel is given up at once."""


class Postponed(TemporaryFailure):
    """The other side asks to wait for so many seconds; that is no failed try."""

    def __init__(self, message: str, seconds: float, *, code: int | None = None) -> None:
        super().__init__(message, code=code)
        self.seconds = seconds


def retry_delay(attempts: int, jitter: float = 0.0) -> timedelta | None:
    """Return how long to wait after the given number of failed tries; None = give up.

    `jitter`, from 0 to 1, lengthens the wait by up to a quarter: what failed together does not come back together.
    """
    if attempts >= MAX_ATTEMPTS:
        return None
    seconds = min(_LONGEST_DELAY_SECONDS, _FIRST_DELAY_SECONDS * 2 ** (attempts - 1))
    return timedelta(seconds=seconds * (1 + _LARGEST_JITTER * jitter))


class OutboxWorker:
    """Hands each due parcel to the sender of its kind."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        senders: Mapping[str, Sender],
        jitter: Callable[[], float] = random.random,
        given_up: GivenUp | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._senders = senders
        self._jitter = jitter
        self._given_up = given_up

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that can be sent; each may be worked off beside the others, so that a slow one holds up none."""
        return tuple(self._senders)

    async def send_all(self, *kinds: str) -> None:
        """Try until nothing of these kinds is due any more; with no kind, of all."""
        while await self.send_due(*kinds):
            pass

    async def send_due(self, *kinds: str) -> int:
        """Try everything of these kinds that is due now and return how many parcels were tried."""
        async with self._database.read() as session:
            parcels = await outbox.due(session, kinds or self.kinds, self._clock.now())
        for parcel in parcels:
            await self.send(parcel)
        return len(parcels)

    async def send(self, parcel: Parcel) -> None:
        """Try one parcel and record how it went."""
        try:
            record = await self._senders[parcel.kind](parcel)
        except Exception as error:  # noqa: BLE001 - a sender's failure of any kind is retried and shown
            await (self._postpone(parcel, error) if isinstance(error, Postponed) else self._keep(parcel, error))
            return
        async with self._database.write() as session:
            await outbox.mark_sent(session, parcel, self._clock.now())
            if record is not None:
                await record(session)

    async def _postpone(self, parcel: Parcel, error: Postponed) -> None:
        until = self._clock.now() + timedelta(seconds=error.seconds)
        async with self._database.write() as session:
            await outbox.postpone(session, parcel, _shown(error), until)
        log.info("outbox_postponed", parcel=parcel.id, kind=parcel.kind, seconds=error.seconds)

    async def _keep(self, parcel: Parcel, error: Exception) -> None:
        delay = None if isinstance(error, PermanentFailure) else retry_delay(parcel.attempts + 1, self._jitter())
        retry_at = None if delay is None else self._clock.now() + delay
        async with self._database.write() as session:
            await outbox.mark_failed(session, parcel, _shown(error), retry_at)
            if retry_at is None and self._given_up is not None:
                await self._given_up(session, parcel, error)
        # The words stay in the database: the other side may repeat an address or what was written.
        log.warning(
            "outbox_failed",
            parcel=parcel.id,
            kind=parcel.kind,
            error=type(error).__name__,
            code=error.code if isinstance(error, SendingError) else None,
            given_up=delay is None,
        )


def _shown(error: Exception) -> str:
    text = str(error) if isinstance(error, SendingError) else f"{type(error).__name__}: {error}"
    return masked_in(" ".join(text.split()))[:_LONGEST_ERROR]
