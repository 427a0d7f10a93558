"""Queries over conversations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Result, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.conversation import Conversation, Owner
from bot.storage.tables import ConversationRow, table_of

_TABLE = table_of(ConversationRow)
_COLUMNS = select(_TABLE.c.id, _TABLE.c.channel, _TABLE.c.municipality, _TABLE.c.owner, _TABLE.c.last_seq)
_BY_ID = _COLUMNS.where(_TABLE.c.id == bindparam("wanted"))
_BY_EXTERNAL_ID = _COLUMNS.where(
    _TABLE.c.channel == bindparam("on_channel"), _TABLE.c.external_id == bindparam("wanted")
)
_BY_TOKEN_HASH = _COLUMNS.where(_TABLE.c.token_hash == bindparam("wanted"))
_CLEARED = dict.fromkeys(
    (
        "operator_id",
        "operator_name",
        "department",
        "topic",
        "queued_at",
        "claimed_at",
        "idle_asked_seq",
        "closed_reason",
        "closed_topic",
        "closed_comment",
        "closed_at",
    )
)
"""What a new owner does not take over, unless `bot.storage.handoff` says so."""
_TAKE_SEQS = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("wanted"))
    .values(last_seq=_TABLE.c.last_seq + bindparam("taken"), updated_at=bindparam("now"))
    .returning(_TABLE.c.last_seq, _TABLE.c.owner)
)
_TAKE_SEQS_OF_OWNER = _TAKE_SEQS.where(_TABLE.c.owner == bindparam("owned_by"))


async def add(
    session: AsyncSession,
    conversation: Conversation,
    *,
    now: datetime,
    external_id: str | None = None,
    token_hash: str | None = None,
) -> None:
    """Store a new conversation."""
    await session.execute(
        insert(ConversationRow).values(
            id=conversation.id,
            channel=conversation.channel,
            external_id=external_id,
            token_hash=token_hash,
            municipality=conversation.municipality,
            owner=conversation.owner.value,
            last_seq=conversation.last_seq,
            masking_told=False,
            queue_told=False,
            created_at=now,
            updated_at=now,
        )
    )


async def by_id(session: AsyncSession, conversation_id: str) -> Conversation | None:
    """Return the conversation, or None."""
    return _conversation(await session.execute(_BY_ID, {"wanted": conversation_id}))


async def by_external_id(session: AsyncSession, channel: str, external_id: str) -> Conversation | None:
    """Return the conversation that a channel knows under its own id, or None."""
    wanted = {"on_channel": channel, "wanted": external_id}
    return _conversation(await session.execute(_BY_EXTERNAL_ID, wanted))


async def external_id(session: AsyncSession, conversation_id: str) -> str | None:
    """Return the id under which a channel knows the conversation, None when it has none."""
    found: str | None = (
        await session.execute(select(_TABLE.c.external_id).where(_TABLE.c.id == conversation_id))
    ).scalar_one_or_none()
    return found


async def by_token_hash(session: AsyncSession, token_hash: str) -> Conversation | None:
    """Return the conversation whose token has this SHA-256, or None."""
    return _conversation(await session.execute(_BY_TOKEN_HASH, {"wanted": token_hash}))


async def take_seqs(
    session: AsyncSession, conversation_id: str, count: int, now: datetime, owner: Owner | None = None
) -> tuple[int, Owner] | None:
    """Reserve `count` numbers of the log; return the first of them and the owner.

    With `owner` given, None when the conversation belongs to another by now.
    """
    given: dict[str, object] = {"wanted": conversation_id, "taken": count, "now": now}
    if owner is None:
        result = await session.execute(_TAKE_SEQS, given)
    else:
        result = await session.execute(_TAKE_SEQS_OF_OWNER, {**given, "owned_by": owner.value})
    row = result.one_or_none()
    return None if row is None else (row.last_seq - count + 1, Owner(row.owner))


async def set_municipality(session: AsyncSession, conversation_id: str, municipality: str) -> None:
    """Remember which municipality the resident asks."""
    await session.execute(
        update(ConversationRow)
        .where(ConversationRow.id == conversation_id)
        .values(municipality=municipality)
        .execution_options(synchronize_session=False)
    )


async def change_owner(session: AsyncSession, conversation_id: str, before: Owner, after: Owner) -> bool:
    """Hand the conversation over if it still belongs to `before`; of parallel callers one gets True."""
    result = await session.execute(
        update(ConversationRow)
        .where(ConversationRow.id == conversation_id, ConversationRow.owner == before.value)
        .values(owner=after.value, queue_told=False, **_CLEARED)
        .returning(ConversationRow.id)
        .execution_options(synchronize_session=False)
    )
    return result.scalar_one_or_none() is not None


async def tell_of_masking_once(session: AsyncSession, conversation_id: str) -> bool:
    """Return True the first time only: the resident has not been told of masking before."""
    return await _first_time(session, conversation_id, "masking_told")


async def tell_of_queue_once(session: AsyncSession, conversation_id: str) -> bool:
    """Return True the first time only since the conversation was queued."""
    return await _first_time(session, conversation_id, "queue_told")


async def _first_time(session: AsyncSession, conversation_id: str, flag: str) -> bool:
    column = getattr(ConversationRow, flag)
    result = await session.execute(
        update(ConversationRow)
        .where(ConversationRow.id == conversation_id, column.is_(False))
        .values({flag: True})
        .returning(ConversationRow.id)
        .execution_options(synchronize_session=False)
    )
    return result.scalar_one_or_none() is not None


def _conversation(result: Result[tuple[str, str, str | None, str, int]]) -> Conversation | None:
    row = result.one_or_none()
    if row is None:
        return None
    return Conversation(row.id, row.channel, row.municipality, Owner(row.owner), row.last_seq)
