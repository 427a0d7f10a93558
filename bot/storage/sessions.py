"""Queries over operators' sign-ins and over failed tries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.waiting import Tried
from bot.storage.operators import Account, account
from bot.storage.tables import OperatorRow, OperatorSessionRow, SignInFailureRow

_NO_SYNC = {"synchronize_session": False}


class Stage(Enum):
    """How far a sign-in has come; only OPEN lets in."""

    CODE = "code"
    NEW_PASSWORD = "new_password"  # noqa: S105 - a stage, no password
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSession:
    """A sign-in of an operator."""

    id: str
    operator_id: str
    stage: Stage
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    user_agent: str
    address: str
    revoked_at: datetime | None = None


async def add(session: AsyncSession, stored: StoredSession, token_hash: str) -> None:
    """Store a new sign-in."""
    await session.execute(
        insert(OperatorSessionRow).values(
            id=stored.id,
            token_hash=token_hash,
            operator_id=stored.operator_id,
            stage=stored.stage.value,
            created_at=stored.created_at,
            last_seen_at=stored.last_seen_at,
            expires_at=stored.expires_at,
            user_agent=stored.user_agent,
            address=stored.address,
        )
    )


async def by_token(session: AsyncSession, token_hash: str, now: datetime) -> tuple[StoredSession, Account] | None:
    """Return the session with a token that counts now, and whose it is; None for any other token."""
    row = (
        await session.execute(
            select(OperatorSessionRow, OperatorRow)
            .join(OperatorRow, OperatorRow.id == OperatorSessionRow.operator_id)
            .where(OperatorSessionRow.token_hash == token_hash, *_counts(now), OperatorRow.disabled_at.is_(None))
        )
    ).one_or_none()
    return None if row is None else (_stored(row[0]), account(row[1]))


async def of_operator(session: AsyncSession, operator: str, now: datetime) -> tuple[StoredSession, ...]:
    """Return an operator's open sessions that count now, last seen first."""
    rows = await session.execute(
        select(OperatorSessionRow)
        .where(OperatorSessionRow.operator_id == operator, OperatorSessionRow.stage == Stage.OPEN.value, *_counts(now))
        .order_by(OperatorSessionRow.last_seen_at.desc(), OperatorSessionRow.id)
    )
    return tuple(_stored(row) for row in rows.scalars())


async def standing(session: AsyncSession, ids: Iterable[str], now: datetime) -> Mapping[str, datetime]:
    """Return those of the sessions that count now, each with the moment its operator's rights changed last."""
    rows = await session.execute(
        select(OperatorSessionRow.id, OperatorRow.changed_at)
        .join(OperatorRow, OperatorRow.id == OperatorSessionRow.operator_id)
        .where(OperatorSessionRow.id.in_(tuple(ids)), *_counts(now), OperatorRow.disabled_at.is_(None))
    )
    return {row.id: row.changed_at for row in rows}


async def see(session: AsyncSession, stored: str, now: datetime) -> None:
    """Note that a session is in use."""
    await session.execute(
        update(OperatorSessionRow)
        .where(OperatorSessionRow.id == stored)
        .values(last_seen_at=now)
        .execution_options(**_NO_SYNC)
    )


async def revoke(session: AsyncSession, operator: str, stored: str, now: datetime) -> bool:
    """End one session of an operator; False when there is no such one that counts."""
    ended = await session.execute(
        update(OperatorSessionRow)
        .where(OperatorSessionRow.id == stored, OperatorSessionRow.operator_id == operator, *_counts(now))
        .values(revoked_at=now)
        .returning(OperatorSessionRow.id)
        .execution_options(**_NO_SYNC)
    )
    return ended.scalar_one_or_none() is not None


async def revoke_all(
    session: AsyncSession, operator: str, now: datetime, *, but_for: str | None = None
) -> tuple[str, ...]:
    """End all sessions of an operator, but for one; return which."""
    ended = await session.execute(
        update(OperatorSessionRow)
        .where(OperatorSessionRow.operator_id == operator, OperatorSessionRow.id != (but_for or ""), *_counts(now))
        .values(revoked_at=now)
        .returning(OperatorSessionRow.id)
        .execution_options(**_NO_SYNC)
    )
    return tuple(ended.scalars())


async def remove_ended(session: AsyncSession, before: datetime) -> None:
    """Remove sessions that expired before a moment; who signed in when stands in the audit log."""
    await session.execute(
        delete(OperatorSessionRow).where(OperatorSessionRow.expires_at < before).execution_options(**_NO_SYNC)
    )


async def tried(session: AsyncSession, key: str) -> Tried | None:
    """Return the failures of a key, or None."""
    row = (await session.execute(select(SignInFailureRow).where(SignInFailureRow.key == key))).scalar_one_or_none()
    return None if row is None else Tried(row.failures, row.locked_until, row.updated_at)


async def set_tried(session: AsyncSession, key: str, value: Tried) -> None:
    """Store the failures of a key."""
    values = {"failures": value.failures, "locked_until": value.locked_until, "updated_at": value.updated_at}
    statement = insert(SignInFailureRow).values(key=key, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=[SignInFailureRow.key], set_=values))


async def forget_tries(session: AsyncSession, *keys: str) -> None:
    """Begin to count anew."""
    await session.execute(delete(SignInFailureRow).where(SignInFailureRow.key.in_(keys)).execution_options(**_NO_SYNC))


async def forget_tries_before(session: AsyncSession, moment: datetime) -> None:
    """Remove what failed last before a moment."""
    await session.execute(
        delete(SignInFailureRow).where(SignInFailureRow.updated_at < moment).execution_options(**_NO_SYNC)
    )


def _counts(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return OperatorSessionRow.revoked_at.is_(None), OperatorSessionRow.expires_at > now


def _stored(row: OperatorSessionRow) -> StoredSession:
    return StoredSession(
        id=row.id,
        operator_id=row.operator_id,
        stage=Stage(row.stage),
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
        user_agent=row.user_agent,
        address=row.address,
        revoked_at=row.revoked_at,
    )
