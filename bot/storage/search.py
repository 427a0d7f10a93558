"""Queries over the full-text index of all logs, and over the conversations that an export lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    column,
    exists,
    func,
    insert,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.conversation import Author, Owner
from bot.core.handoff import Scope
from bot.storage.handoff_tables import SEARCH_TABLE, HandoffRow, MessageWordsRow
from bot.storage.summaries import visible
from bot.storage.tables import ConversationRow, MessageRow, table_of

_C, _M, _W, _H = (table_of(row) for row in (ConversationRow, MessageRow, MessageWordsRow, HandoffRow))
_SEARCH = table(SEARCH_TABLE, column("rowid", Integer), column(SEARCH_TABLE, Text))
_ADD = insert(_W)
OPEN_OUTCOME, BOT_OUTCOME = "open", "bot"
"""Outcomes beside the reasons of closing: not closed yet; never with a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is looked for; None = any. `until` is the first moment that no longer counts."""

    since: datetime | None = None
    until: datetime | None = None
    municipality: str | None = None
    operator: str | None = None
    channel: str | None = None
    intent: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A row of a log that was found; `place` orders hits by time."""

    place: int
    conversation: str
    seq: int
    at: datetime
    author: Author
    text: str
    municipality: str | None


async def add(session: AsyncSession, rows: Sequence[tuple[str, int, str]]) -> None:
    """Index rows of the log: conversation, number, words."""
    if rows:
        values = [{"conversation_id": row[0], "seq": row[1], "words": row[2]} for row in rows]
        await session.execute(_ADD, values)


async def find(
    session: AsyncSession, query: str | None, filters: Filters, scope: Scope, *, before: int | None, limit: int
) -> tuple[Hit, ...]:
    """Return the newest rows that hold all words of a full-text query and fit the filters."""
    statement = (
        select(_W.c.id, _W.c.conversation_id, _W.c.seq, _M.c.created_at, _M.c.author, _M.c.text, _C.c.municipality)
        .join(_M, and_(_M.c.conversation_id == _W.c.conversation_id, _M.c.seq == _W.c.seq))
        .join(_C, _C.c.id == _W.c.conversation_id)
        .where(*_conditions(filters, scope))
    )
    place: ColumnElement[int] = _W.c.id
    if query is not None:
        # Asked in this order SQLite walks the hits newest first and stops at the limit.
        place = _SEARCH.c.rowid
        statement = statement.join(_SEARCH, _SEARCH.c.rowid == _W.c.id).where(
            _SEARCH.c[SEARCH_TABLE].op("MATCH")(query)
        )
    if before is not None:
        statement = statement.where(place < before)
    rows = await session.execute(statement.order_by(place.desc()).limit(limit))
    return tuple(
        Hit(
            place=row.id,
            conversation=row.conversation_id,
            seq=row.seq,
            at=row.created_at,
            author=Author(row.author),
            text=row.text,
            municipality=row.municipality,
        )
        for row in rows
    )


async def conversations(
    session: AsyncSession, query: str | None, filters: Filters, scope: Scope, *, limit: int
) -> tuple[str, ...]:
    """Return the conversations in which something fits, newest first."""
    statement: Select[Any] = select(_C.c.id).where(visible(scope), *_of_conversation(filters))
    inside = [_M.c.conversation_id == _C.c.id, *_of_moment(filters)]
    if query is not None:
        found = select(_SEARCH.c.rowid).where(_SEARCH.c[SEARCH_TABLE].op("MATCH")(query))
        hit = select(_W.c.conversation_id).where(_W.c.id.in_(found))
        statement = statement.where(_C.c.id.in_(hit))
    if len(inside) > 1:
        statement = statement.where(exists().where(*inside))
    rows = await session.execute(statement.order_by(_C.c.updated_at.desc(), _C.c.id.desc()).limit(limit))
    return tuple(rows.scalars())


async def forget(session: AsyncSession) -> None:
    """Let the index lose for good what was removed from it; until then the words stay in the file."""
    await session.execute(text(f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}) VALUES ('optimize')"))  # noqa: S608 - a name


def _conditions(filters: Filters, scope: Scope) -> Iterator[ColumnElement[bool]]:
    yield visible(scope)
    yield from _of_moment(filters)
    yield from _of_conversation(filters)


def _of_moment(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.since is not None:
        yield _M.c.created_at >= filters.since
    if filters.until is not None:
        yield _M.c.created_at < filters.until


def _of_conversation(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.municipality is not None:
        yield _C.c.municipality == filters.municipality
    if filters.channel is not None:
        yield _C.c.channel == filters.channel
    if filters.operator is not None:
        claimed = exists().where(_H.c.conversation_id == _C.c.id, _H.c.operator_id == filters.operator)
        yield or_(_C.c.operator_id == filters.operator, claimed)
    if filters.intent is not None:
        turn = _M.alias()
        named = func.json_extract(turn.c.nlu, "$.intent.name") == filters.intent
        yield exists().where(turn.c.conversation_id == _C.c.id, turn.c.nlu.is_not(None), named)
    if filters.outcome is not None:
        yield _outcome(filters.outcome)


def _outcome(outcome: str) -> ColumnElement[bool]:
    if outcome == OPEN_OUTCOME:
        return _C.c.owner != Owner.CLOSED.value
    if outcome == BOT_OUTCOME:
        return ~exists().where(_H.c.conversation_id == _C.c.id)
    return and_(_C.c.owner == Owner.CLOSED.value, _C.c.closed_reason == outcome)
