"""Queries over the outbox: what must leave over a network."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import ColumnElement, bindparam, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.mail_address import masked
from bot.storage.database import announce
from bot.storage.tables import OutboxRow, table_of


class ParcelState(str, Enum):
    """What a parcel is at; `NOT_CONFIGURED` is not stored: it waits and nobody is there to send its kind."""

    WAITING = "waiting"
    NOT_CONFIGURED = "not_configured"
    DEAD = "dead"
    SENT = "sent"


_TABLE = table_of(OutboxRow)
_HEAD = (
    select(_TABLE.c.id, _TABLE.c.kind, _TABLE.c.body, _TABLE.c.attempts, _TABLE.c.created_at, _TABLE.c.next_attempt_at)
    .where(
        _TABLE.c.kind == bindparam("of_kind"),
        _TABLE.c.state == ParcelState.WAITING.value,
        _TABLE.c.lane == bindparam("in_lane"),
    )
    .order_by(_TABLE.c.id)
    .limit(2)
)
_FIRSTS = (
    select(func.min(_TABLE.c.id))
    .where(
        _TABLE.c.kind == bindparam("of_kind"),
        _TABLE.c.state == ParcelState.WAITING.value,
        _TABLE.c.lane.is_not(None),
    )
    .group_by(_TABLE.c.lane)
)
_DUE_LANES = (
    select(_TABLE.c.lane)
    .where(_TABLE.c.id.in_(_FIRSTS), _TABLE.c.next_attempt_at <= bindparam("now"))
    .order_by(_TABLE.c.id)
)
_ADD = insert(_TABLE)
_MARK_SENT = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("parcel"))
    .values(state=ParcelState.SENT.value, sent_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class LaneNews:
    """Announced of a lane: something was put in it."""

    kind: str
    lane: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing to send; `attempts` counts the failed tries so far."""

    id: int
    kind: str
    body: Mapping[str, object]
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelStatus:
    """What may be shown of a parcel: the recipient is masked, the text left out."""

    id: int
    kind: str
    state: ParcelState
    attempts: int
    next_attempt_at: datetime
    last_error: str | None
    created_at: datetime
    recipient: str | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The newest parcels, and how many there are in each state altogether."""

    parcels: tuple[ParcelStatus, ...]
    counts: Mapping[ParcelState, int]


async def add(
    session: AsyncSession, kind: str, body: Mapping[str, object], now: datetime, *, lane: str | None = None
) -> None:
    """Put something in the outbox; call it in the transaction that causes the sending.

    What is put in a `lane` leaves in this order (`head_of`, `due_heads`); the lane is announced as `LaneNews`.
    """
    given = {
        "kind": kind,
        "body": dict(body),
        "state": ParcelState.WAITING.value,
        "attempts": 0,
        "next_attempt_at": now,
        "created_at": now,
        "lane": lane,
    }
    await session.execute(_ADD, given)
    if lane is not None:
        announce(session, LaneNews(kind, lane))


async def due(session: AsyncSession, kinds: Collection[str], now: datetime, limit: int = 50) -> tuple[Parcel, ...]:
    """Return what of the given kinds should be sent now, the oldest first."""
    rows = await session.execute(
        select(OutboxRow.id, OutboxRow.kind, OutboxRow.body, OutboxRow.attempts, OutboxRow.created_at)
        .where(
            OutboxRow.state == ParcelState.WAITING.value,
            OutboxRow.next_attempt_at <= now,
            OutboxRow.kind.in_(kinds),
        )
        .order_by(OutboxRow.id)
        .limit(limit)
    )
    return tuple(Parcel(row.id, row.kind, row.body, row.attempts, row.created_at) for row in rows)


async def due_lanes(session: AsyncSession, kind: str, now: datetime) -> tuple[str, ...]:
    """Return the lanes whose first waiting parcel should be sent now, the one with the oldest first."""
    rows = await session.execute(_DUE_LANES, {"of_kind": kind, "now": now})
    return tuple(lane for lane in rows.scalars() if lane is not None)


async def head_of(session: AsyncSession, kind: str, lane: str, now: datetime) -> tuple[Parcel, bool] | None:
    """Return the first waiting parcel of a lane and whether others wait behind it.

    None when there is none, or it is not due yet.
    """
    rows = (await session.execute(_HEAD, {"of_kind": kind, "in_lane": lane})).all()
    if not rows or rows[0].next_attempt_at > now:
        return None
    row = rows[0]
    return Parcel(row.id, row.kind, row.body, row.attempts, row.created_at), len(rows) > 1


async def mark_sent(session: AsyncSession, parcel: Parcel, now: datetime) -> None:
    """Record that a parcel has left."""
    await session.execute(_MARK_SENT, {"parcel": parcel.id, "at": now})


async def postpone(session: AsyncSession, parcel: Parcel, error: str, until: datetime) -> None:
    """Let a parcel wait because the other side asked for it: that is no failed try."""
    await session.execute(
        update(OutboxRow).where(OutboxRow.id == parcel.id).values(next_attempt_at=until, last_error=error)
    )


async def mark_failed(session: AsyncSession, parcel: Parcel, error: str, retry_at: datetime | None) -> None:
    """Record a failed try; with no `retry_at` the parcel is dead and waits for a person."""
    values: dict[str, object] = {"attempts": parcel.attempts + 1, "last_error": error}
    if retry_at is None:
        values["state"] = ParcelState.DEAD.value
    else:
        values["next_attempt_at"] = retry_at
    await session.execute(update(OutboxRow).where(OutboxRow.id == parcel.id).values(values))


async def retry(session: AsyncSession, parcel_id: int, now: datetime) -> bool:
    """Make a parcel due now, with all its tries before it; False when there is none that still has to leave."""
    return await _revive(session, OutboxRow.id == parcel_id, OutboxRow.state != ParcelState.SENT.value, now=now) > 0


async def retry_dead(session: AsyncSession, now: datetime) -> int:
    """Make everything that was given up due now and return how many parcels that are."""
    return await _revive(session, OutboxRow.state == ParcelState.DEAD.value, now=now)


async def _revive(session: AsyncSession, *which: ColumnElement[bool], now: datetime) -> int:
    revived = await session.execute(
        update(OutboxRow)
        .where(*which)
        .values(state=ParcelState.WAITING.value, attempts=0, next_attempt_at=now)
        .returning(OutboxRow.id)
    )
    return len(revived.all())


async def dead(session: AsyncSession) -> tuple[tuple[int, str, str], ...]:
    """Return (id, kind, last error) of everything that was given up."""
    rows = await session.execute(
        select(OutboxRow.id, OutboxRow.kind, OutboxRow.last_error)
        .where(OutboxRow.state == ParcelState.DEAD.value)
        .order_by(OutboxRow.id)
    )
    return tuple((row.id, row.kind, row.last_error or "") for row in rows)


async def overview(
    session: AsyncSession, kinds_with_sender: Collection[str], *, state: ParcelState | None = None, limit: int = 100
) -> Overview:
    """Return the newest parcels, of one state when it is given, and the counts of all states."""
    shown = _shown_state(kinds_with_sender)
    query = select(
        OutboxRow.id,
        OutboxRow.kind,
        shown.label("shown"),
        OutboxRow.attempts,
        OutboxRow.next_attempt_at,
        OutboxRow.last_error,
        OutboxRow.created_at,
        OutboxRow.body["to"].as_string().label("recipient"),
    )
    if state is not None:
        query = query.where(shown == state.value)
    rows = await session.execute(query.order_by(OutboxRow.id.desc()).limit(limit))
    parcels = tuple(
        ParcelStatus(
            id=row.id,
            kind=row.kind,
            state=ParcelState(row.shown),
            attempts=row.attempts,
            next_attempt_at=row.next_attempt_at,
            last_error=row.last_error,
            created_at=row.created_at,
            recipient=None if row.recipient is None else masked(row.recipient),
        )
        for row in rows
    )
    counted = await session.execute(select(shown.label("shown"), func.count().label("number")).group_by("shown"))
    return Overview(parcels, {**dict.fromkeys(ParcelState, 0), **{ParcelState(r.shown): r.number for r in counted}})


def _shown_state(kinds_with_sender: Collection[str]) -> ColumnElement[str]:
    stored = OutboxRow.state
    unsent = (stored == ParcelState.WAITING.value) & OutboxRow.kind.not_in(kinds_with_sender)
    return case((unsent, ParcelState.NOT_CONFIGURED.value), else_=stored)
