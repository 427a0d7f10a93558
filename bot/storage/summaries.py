"""What a console's list shows of conversations, read in one query."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.conversation import Author, Owner, Signature
from bot.core.handoff import Scope
from bot.storage import residents
from bot.storage.tables import ConversationRow, MessageRow, table_of

_LONGEST_LAST_TEXT = 200
_C, _M = table_of(ConversationRow), table_of(MessageRow)
_R = _M.alias()
_UNREAD = (
    select(func.count())
    .select_from(_R)
    .where(_R.c.conversation_id == _C.c.id, _R.c.author == Author.RESIDENT.value, _R.c.seq > _C.c.read_seq)
    .correlate(_C)
    .scalar_subquery()
)
_WITH_PEOPLE = _C.c.owner.in_((Owner.QUEUED.value, Owner.OPERATOR.value))
_SUMMARIES = select(
    _C.c.id,
    _C.c.channel,
    _C.c.municipality,
    _C.c.owner,
    _C.c.operator_id,
    _C.c.operator_name,
    _C.c.department,
    _C.c.topic,
    _C.c.queued_at,
    _C.c.claimed_at,
    _C.c.last_seq,
    _C.c.resident_read_seq,
    _C.c.closed_reason,
    _C.c.closed_topic,
    _C.c.closed_at,
    _C.c.created_at,
    _C.c.updated_at,
    _C.c.rating,
    _C.c.unreachable,
    func.substr(_M.c.text, 1, _LONGEST_LAST_TEXT).label("last_text"),
    _M.c.author.label("last_author"),
    _M.c.created_at.label("last_at"),
    case((_WITH_PEOPLE, _UNREAD), else_=literal(0)).label("unread"),
).outerjoin(_M, and_(_M.c.conversation_id == _C.c.id, _M.c.seq == _C.c.last_seq))


class Tab(str, Enum):
    """The lists of a console."""

    MINE = "mine"
    WAITING = "waiting"
    ALL = "all"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Closed:
    """How a conversation ended."""

    reason: str
    topic: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A line of the list; `unread` are the resident's messages that its owner has not seen."""

    id: str
    channel: str
    municipality: str | None
    owner: Owner
    operator: Signature | None
    department: str | None
    topic: str | None
    queued_at: datetime | None
    claimed_at: datetime | None
    created_at: datetime
    last_seq: int
    last_text: str
    last_author: Author
    last_at: datetime
    unread: int
    resident_read: int
    closed: Closed | None
    rating: int | None
    unreachable: bool


async def by_ids(session: AsyncSession, ids: Collection[str]) -> dict[str, Summary]:
    """Return the summaries of these conversations that there are."""
    if not ids:
        return {}
    rows = await session.execute(_SUMMARIES.where(_C.c.id.in_(tuple(ids))))
    return {row.id: _summary(row) for row in rows}


async def listed(
    session: AsyncSession,
    tab: Tab,
    scope: Scope,
    *,
    operator: str,
    municipality: str | None,
    before: str | None,
    limit: int,
) -> tuple[Summary, ...]:
    """Return a tab's conversations: those waiting longest first, all others newest first, older than `before`."""
    query = _SUMMARIES.where(_of_tab(tab, operator), visible(scope))
    if municipality is not None:
        query = query.where(_C.c.municipality == municipality)
    if tab is Tab.WAITING:
        query = query.order_by(_C.c.queued_at, _C.c.id)
    else:
        query = _older(query, before).order_by(_C.c.updated_at.desc(), _C.c.id.desc())
    return tuple(_summary(row) for row in await session.execute(query.limit(limit)))


async def earlier(session: AsyncSession, conversation: str, scope: Scope, limit: int) -> tuple[Summary, ...]:
    """Return the same resident's other conversations, newest first: those in which the same contact was given."""
    given = await residents.contacts(session, conversation)
    if not given:
        return ()
    theirs = residents.conversations_that_gave(given)
    query = _SUMMARIES.where(_C.c.id.in_(theirs), _C.c.id != conversation, visible(scope))
    rows = await session.execute(query.order_by(_C.c.updated_at.desc()).limit(limit))
    return tuple(_summary(row) for row in rows)


async def counts(session: AsyncSession, scope: Scope, *, operator: str) -> dict[Tab, int]:
    """Return how many conversations the tabs hold."""
    tabs = (Tab.MINE, Tab.WAITING, Tab.ALL)
    query = select(
        *(
            select(func.count()).select_from(_C).where(_of_tab(tab, operator), visible(scope)).scalar_subquery()
            for tab in tabs
        )
    )
    found = (await session.execute(query)).one()
    return dict(zip(tabs, found, strict=True))


def visible(scope: Scope) -> ColumnElement[bool]:
    """The conversation lies in the scope; one of no municipality or no department is everybody's."""
    conditions: list[ColumnElement[bool]] = [true()]
    if scope.municipalities is not None:
        conditions.append(or_(_C.c.municipality.is_(None), _C.c.municipality.in_(scope.municipalities)))
    if scope.departments:
        conditions.append(or_(_C.c.department.is_(None), _C.c.department.in_(scope.departments)))
    return and_(*conditions)


def _of_tab(tab: Tab, operator: str) -> ColumnElement[bool]:
    if tab is Tab.MINE:
        return and_(_C.c.owner == Owner.OPERATOR.value, _C.c.operator_id == operator)
    if tab is Tab.WAITING:
        return _C.c.owner == Owner.QUEUED.value
    if tab is Tab.CLOSED:
        return _C.c.owner == Owner.CLOSED.value
    return _C.c.owner != Owner.CLOSED.value


def _older(query: Select[Any], before: str | None) -> Select[Any]:
    if before is None:
        return query
    last = _C.alias()
    moment = select(last.c.updated_at).where(last.c.id == before).scalar_subquery()
    return query.where(or_(_C.c.updated_at < moment, and_(_C.c.updated_at == moment, _C.c.id < before)))


def _summary(row: Row[Any]) -> Summary:
    closed = None
    if row.owner == Owner.CLOSED.value and row.closed_at is not None:
        closed = Closed(row.closed_reason, row.closed_topic, row.closed_at)
    return Summary(
        id=row.id,
        channel=row.channel,
        municipality=row.municipality,
        owner=Owner(row.owner),
        operator=None if row.operator_id is None else Signature(row.operator_id, row.operator_name or ""),
        department=row.department,
        topic=row.topic,
        queued_at=row.queued_at,
        claimed_at=row.claimed_at,
        created_at=row.created_at,
        last_seq=row.last_seq,
        last_text=row.last_text or "",
        last_author=Author(row.last_author or Author.SYSTEM.value),
        last_at=row.last_at or row.updated_at,
        unread=row.unread,
        resident_read=row.resident_read_seq,
        closed=closed,
        rating=row.rating,
        unreachable=bool(row.unreachable),
    )
