"""Queries that hand conversations on: each is one conditional UPDATE, so that of parallel callers one wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.core.conversation import Author, Owner, Signature
from bot.core.handoff import LATEST_PICKS, ClosedReason, HandoffReason, WaitEnd
from bot.storage.handoff_tables import HandoffRow
from bot.storage.tables import ConversationRow, MessageRow

_NO_SYNC = {"synchronize_session": False}
_NOBODY: Mapping[str, object] = {
    "operator_id": None,
    "operator_name": None,
    "claimed_at": None,
    "idle_asked_seq": None,
}
_FORGOTTEN: Mapping[str, object] = {**_NOBODY, "queued_at": None, "department": None, "topic": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who has a conversation now, and where it lies."""

    id: str
    channel: str
    municipality: str | None
    department: str | None
    owner: Owner
    operator: Signature | None
    last_seq: int
    queued_at: datetime | None


async def standing(session: AsyncSession, conversation: str) -> Standing | None:
    """Return who has the conversation, or None for an unknown one."""
    row = (
        await session.execute(
            select(
                ConversationRow.channel,
                ConversationRow.municipality,
                ConversationRow.department,
                ConversationRow.owner,
                ConversationRow.operator_id,
                ConversationRow.operator_name,
                ConversationRow.last_seq,
                ConversationRow.queued_at,
            ).where(ConversationRow.id == conversation)
        )
    ).one_or_none()
    if row is None:
        return None
    return Standing(
        id=conversation,
        channel=row.channel,
        municipality=row.municipality,
        department=row.department,
        owner=Owner(row.owner),
        operator=None if row.operator_id is None else Signature(row.operator_id, row.operator_name or ""),
        last_seq=row.last_seq,
        queued_at=row.queued_at,
    )


async def enqueue(
    session: AsyncSession,
    conversation: str,
    before: Owner,
    now: datetime,
    *,
    reason: HandoffReason,
    operator: str | None = None,
    changes: Mapping[str, object] | None = None,
) -> bool:
    """Put a conversation into the queue if it is still `before`'s (and this operator's); False when it is not.

    `changes` are further columns: topic, department, municipality.
    """
    moved = await _move(
        session,
        conversation,
        before,
        operator,
        owner=Owner.QUEUED.value,
        queue_told=False,
        queued_at=now,
        read_seq=ConversationRow.last_seq,
        **{**_NOBODY, **(changes or {})},
    )
    if moved:
        municipality = select(ConversationRow.municipality).where(ConversationRow.id == conversation).scalar_subquery()
        await session.execute(
            insert(HandoffRow).values(
                conversation_id=conversation, municipality=municipality, reason=reason.value, queued_at=now
            )
        )
    return moved


async def claim(session: AsyncSession, conversation: str, operator: Signature, now: datetime) -> bool:
    """Give a waiting conversation to an operator; of parallel callers one gets True."""
    given = {"operator_id": operator.id, "operator_name": operator.name, "claimed_at": now, "idle_asked_seq": None}
    if not await _move(session, conversation, Owner.QUEUED, None, owner=Owner.OPERATOR.value, **given):
        return False
    await _end_wait(session, conversation, WaitEnd.CLAIMED, now, claimed_at=now, operator_id=operator.id)
    return True


async def pass_to(session: AsyncSession, conversation: str, operator: str, colleague: Signature, now: datetime) -> bool:
    """Give an operator's conversation to a colleague; False when it is no longer that operator's."""
    given = {"operator_id": colleague.id, "operator_name": colleague.name, "claimed_at": now, "idle_asked_seq": None}
    return await _move(
        session, conversation, Owner.OPERATOR, operator, owner=Owner.OPERATOR.value, read_seq=ConversationRow.last_seq,
        **given,
    )  # fmt: skip


async def give_back(
    session: AsyncSession,
    conversation: str,
    before: Owner,
    now: datetime,
    *,
    operator: str | None = None,
    how: WaitEnd | None = None,
) -> bool:
    """Give a conversation back to the bot; `how` its wait ended, if it waited."""
    moved = await _move(session, conversation, before, operator, owner=Owner.BOT.value, queue_told=False, **_FORGOTTEN)
    if moved and how is not None:
        await _end_wait(session, conversation, how, now)
    return moved


async def close(
    session: AsyncSession,
    conversation: str,
    before: Owner,
    now: datetime,
    *,
    reason: ClosedReason,
    topic: str | None,
    comment: str | None,
    operator: str | None = None,
) -> bool:
    """Close a conversation; who had it last stays known, and the rating of an end before this one goes."""
    given: dict[str, object] = {
        "closed_reason": reason.value,
        "closed_topic": topic,
        "closed_comment": comment,
        "closed_at": now,
        "rating": None,
    }
    moved = await _move(
        session,
        conversation,
        before,
        operator,
        owner=Owner.CLOSED.value,
        idle_asked_seq=None,
        queue_told=False,
        **given,
    )
    if moved and before is Owner.QUEUED:
        await _end_wait(session, conversation, WaitEnd.CLOSED, now)
    return moved


async def take_seq(session: AsyncSession, conversation: str, operator: str, now: datetime) -> int | None:
    """Reserve the next number of the log for an operator; None unless the conversation is that operator's."""
    taken: int | None = (
        await session.execute(
            update(ConversationRow)
            .where(*_owned(conversation, Owner.OPERATOR, operator))
            .values(last_seq=ConversationRow.last_seq + 1, updated_at=now)
            .returning(ConversationRow.last_seq)
            .execution_options(**_NO_SYNC)
        )
    ).scalar_one_or_none()
    return taken


async def mark_read(session: AsyncSession, conversation: str, operator: str, seq: int) -> bool:
    """Note how far the owner has read; False when that is no news, or somebody else owns it."""
    return await _changed(
        session,
        and_(*_owned(conversation, Owner.OPERATOR, operator), ConversationRow.read_seq < _at_most(seq)),
        read_seq=_at_most(seq),
    )


async def mark_read_by_resident(session: AsyncSession, conversation: str, seq: int) -> bool:
    """Note how far the resident was shown the log; False when that is no news."""
    return await _changed(
        session,
        and_(ConversationRow.id == conversation, ConversationRow.resident_read_seq < _at_most(seq)),
        resident_read_seq=_at_most(seq),
    )


async def rate(session: AsyncSession, conversation: str, rating: int) -> bool:
    """Keep the resident's rating of a closed conversation, the first one only."""
    return await _changed(
        session,
        and_(
            ConversationRow.id == conversation,
            ConversationRow.owner == Owner.CLOSED.value,
            ConversationRow.rating.is_(None),
        ),
        rating=rating,
    )


async def ask_idle(session: AsyncSession, conversation: str, seq: int) -> None:
    """Remember which row asks the silent resident; any row after it is an answer."""
    await _changed(session, ConversationRow.id == conversation, idle_asked_seq=seq)


async def position(session: AsyncSession, waiting: Standing) -> int:
    """Return how many wait in the municipality's queue up to and with this conversation."""
    # Of those who came at the same moment the one whose wait was written first is before.
    wait = aliased(HandoffRow)
    own = select(func.max(wait.id)).where(wait.conversation_id == waiting.id).scalar_subquery()
    theirs = select(func.max(wait.id)).where(wait.conversation_id == ConversationRow.id).scalar_subquery()
    earlier = or_(
        ConversationRow.queued_at < waiting.queued_at,
        and_(ConversationRow.queued_at == waiting.queued_at, theirs < own),
    )
    count = select(func.count()).where(
        ConversationRow.owner == Owner.QUEUED.value,
        ConversationRow.municipality.is_not_distinct_from(waiting.municipality),
        earlier,
    )
    return int((await session.execute(count)).scalar_one()) + 1


async def latest_picks(session: AsyncSession, municipality: str | None) -> tuple[timedelta, ...]:
    """Return how long the last residents waited until a person came, newest first."""
    rows = await session.execute(
        select(HandoffRow.queued_at, HandoffRow.claimed_at)
        .where(HandoffRow.municipality.is_not_distinct_from(municipality), HandoffRow.how == WaitEnd.CLAIMED.value)
        .order_by(HandoffRow.ended_at.desc(), HandoffRow.id.desc())
        .limit(LATEST_PICKS)
    )
    return tuple(row.claimed_at - row.queued_at for row in rows)


async def owned_by(session: AsyncSession, operators: tuple[str, ...]) -> tuple[Standing, ...]:
    """Return the conversations that these operators have, the longest first."""
    rows = await session.execute(
        select(ConversationRow.id)
        .where(ConversationRow.owner == Owner.OPERATOR.value, ConversationRow.operator_id.in_(operators))
        .order_by(ConversationRow.claimed_at)
    )
    return await _standings(session, tuple(rows.scalars()))


async def queued(session: AsyncSession) -> tuple[Standing, ...]:
    """Return all that waits, the longest waiting first."""
    rows = await session.execute(
        select(ConversationRow.id)
        .where(ConversationRow.owner == Owner.QUEUED.value)
        .order_by(ConversationRow.queued_at)
    )
    return await _standings(session, tuple(rows.scalars()))


async def silent_since(session: AsyncSession, moment: datetime) -> tuple[Standing, ...]:
    """Return operators' conversations whose last row is older, not the resident's, and asks nothing yet."""
    rows = await session.execute(
        select(ConversationRow.id)
        .join(MessageRow, _is_last_row())
        .where(
            ConversationRow.owner == Owner.OPERATOR.value,
            MessageRow.created_at < moment,
            MessageRow.author != Author.RESIDENT.value,
            ConversationRow.idle_asked_seq.is_distinct_from(ConversationRow.last_seq),
        )
    )
    return await _standings(session, tuple(rows.scalars()))


async def unanswered_since(session: AsyncSession, moment: datetime) -> tuple[Standing, ...]:
    """Return operators' conversations whose resident was asked before the moment; nothing was written since."""
    rows = await session.execute(
        select(ConversationRow.id)
        .join(MessageRow, _is_last_row())
        .where(
            ConversationRow.owner == Owner.OPERATOR.value,
            ConversationRow.idle_asked_seq == ConversationRow.last_seq,
            MessageRow.created_at < moment,
        )
    )
    return await _standings(session, tuple(rows.scalars()))


def _is_last_row() -> ColumnElement[bool]:
    return and_(MessageRow.conversation_id == ConversationRow.id, MessageRow.seq == ConversationRow.last_seq)


async def _standings(session: AsyncSession, ids: tuple[str, ...]) -> tuple[Standing, ...]:
    found = [await standing(session, conversation) for conversation in ids]
    return tuple(one for one in found if one is not None)


def _at_most(seq: int) -> ColumnElement[int]:
    """The number, or the newest there is: nobody has read what was not written."""
    return func.min(ConversationRow.last_seq, seq)


def _owned(conversation: str, owner: Owner, operator: str | None) -> list[ColumnElement[bool]]:
    conditions = [ConversationRow.id == conversation, ConversationRow.owner == owner.value]
    return conditions if operator is None else [*conditions, ConversationRow.operator_id == operator]


async def _move(
    session: AsyncSession, conversation: str, before: Owner, operator: str | None, **values: object
) -> bool:
    return await _changed(session, and_(*_owned(conversation, before, operator)), **values)


async def _changed(session: AsyncSession, condition: ColumnElement[bool], **values: object) -> bool:
    result = await session.execute(
        update(ConversationRow)
        .where(condition)
        .values(**values)
        .returning(ConversationRow.id)
        .execution_options(**_NO_SYNC)
    )
    return result.scalar_one_or_none() is not None


async def _end_wait(session: AsyncSession, conversation: str, how: WaitEnd, now: datetime, **values: object) -> None:
    await session.execute(
        update(HandoffRow)
        .where(HandoffRow.conversation_id == conversation, HandoffRow.ended_at.is_(None))
        .values(ended_at=now, how=how.value, **values)
        .execution_options(**_NO_SYNC)
    )
