"""Queries over the events that consoles follow: one sequence over all conversations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import JSON, Text, bindparam, delete, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.handoff_tables import DeskEventRow
from bot.storage.tables import ConversationRow, UtcDateTime, table_of

CASE = "case"
"""In an event's body: the number of the case that it tells of."""
_EVENTS, _CONVERSATIONS = table_of(DeskEventRow), table_of(ConversationRow)
_ADD = insert(_EVENTS)
_ADD_OF_CONVERSATION = insert(_EVENTS).from_select(
    ["kind", "conversation_id", "municipality", "department", "body", "at"],
    select(
        bindparam("event_kind", type_=Text),
        _CONVERSATIONS.c.id,
        _CONVERSATIONS.c.municipality,
        _CONVERSATIONS.c.department,
        bindparam("event_body", type_=JSON),
        bindparam("event_at", type_=UtcDateTime),
    ).where(_CONVERSATIONS.c.id == bindparam("wanted")),
)
_AFTER = select(_EVENTS).where(_EVENTS.c.seq > bindparam("last")).order_by(_EVENTS.c.seq).limit(bindparam("most"))
_LAST = select(func.coalesce(func.max(_EVENTS.c.seq), literal(0)))
_FIRST = select(func.min(_EVENTS.c.seq))


class EventKind(str, Enum):
    """What a console must know."""

    MESSAGE = "message"
    STATE = "state"
    NOTE = "note"
    TASK = "task"
    CASE = "case"
    PRESENCE = "presence"
    CANNED = "canned"
    ERASED = "erased"
    """The resident has deleted the conversation: nothing of it may be shown any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskEvent:
    """An event as it was written down; `body` holds numbers of what it tells of."""

    seq: int
    kind: EventKind
    conversation: str | None
    municipality: str | None
    department: str | None
    body: Mapping[str, Any]
    at: datetime


async def add_of_conversation(
    session: AsyncSession, kind: EventKind, conversation: str, body: Mapping[str, object], at: datetime
) -> None:
    """Write an event for whoever may see the conversation now."""
    given = {"event_kind": kind.value, "wanted": conversation, "event_body": dict(body), "event_at": at}
    await session.execute(_ADD_OF_CONVERSATION, given)


async def add(
    session: AsyncSession,
    kind: EventKind,
    *,
    municipality: str | None,
    department: str | None = None,
    conversation: str | None = None,
    body: Mapping[str, object],
    at: datetime,
) -> None:
    """Write an event for whoever may see the municipality and the department."""
    values = {"kind": kind.value, "conversation_id": conversation, "municipality": municipality}
    await session.execute(_ADD, {**values, "department": department, "body": dict(body), "at": at})


async def after(session: AsyncSession, seq: int, limit: int) -> tuple[DeskEvent, ...]:
    """Return the events with a greater number, in order."""
    rows = await session.execute(_AFTER, {"last": seq, "most": limit})
    return tuple(
        DeskEvent(
            seq=row.seq,
            kind=EventKind(row.kind),
            conversation=row.conversation_id,
            municipality=row.municipality,
            department=row.department,
            body=row.body,
            at=row.at,
        )
        for row in rows
    )


async def last_seq(session: AsyncSession) -> int:
    """Return the newest number, 0 when nothing happened yet."""
    return int((await session.execute(_LAST)).scalar_one())


async def first_seq(session: AsyncSession) -> int | None:
    """Return the oldest number that is kept; None when there is none."""
    found: int | None = (await session.execute(_FIRST)).scalar_one()
    return found


async def forget(session: AsyncSession, conversation: str) -> None:
    """Remove what was told of a conversation."""
    await session.execute(
        delete(DeskEventRow)
        .where(DeskEventRow.conversation_id == conversation)
        .execution_options(synchronize_session=False)
    )


async def remove_before(session: AsyncSession, moment: datetime, *, keep: int) -> None:
    """Remove what is older, but for the newest `keep`: a console that slept longer loads anew."""
    newest = await last_seq(session)
    await session.execute(
        delete(DeskEventRow)
        .where(DeskEventRow.at < moment, DeskEventRow.seq <= newest - keep)
        .execution_options(synchronize_session=False)
    )
