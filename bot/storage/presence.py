"""Queries over where operators are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.handoff import Presence, PresenceState
from bot.core.operators import Operator
from bot.storage.handoff_tables import PresenceRow
from bot.storage.operators import account
from bot.storage.tables import OperatorRow

_NO_SYNC = {"synchronize_session": False}


async def of_operator(session: AsyncSession, operator: str) -> Presence | None:
    """Return where an operator is; None for one who was never seen."""
    row = (await session.execute(select(PresenceRow).where(PresenceRow.operator_id == operator))).scalar_one_or_none()
    return None if row is None else _presence(row)


async def put(session: AsyncSession, presence: Presence) -> None:
    """Store where an operator is."""
    values = {"state": presence.state.value, "seen_at": presence.seen_at}
    statement = insert(PresenceRow).values(operator_id=presence.operator, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=[PresenceRow.operator_id], set_=values))


async def silent(session: AsyncSession, before: datetime) -> tuple[str, ...]:
    """Return who is not marked as away and was not seen since a moment."""
    rows = await session.execute(
        select(PresenceRow.operator_id).where(
            PresenceRow.seen_at < before, PresenceRow.state != PresenceState.AWAY.value
        )
    )
    return tuple(rows.scalars())


async def vanish(session: AsyncSession, before: datetime) -> tuple[str, ...]:
    """Mark as away who was not seen since a moment; return who was not away before."""
    gone = await session.execute(
        update(PresenceRow)
        .where(PresenceRow.seen_at < before, PresenceRow.state != PresenceState.AWAY.value)
        .values(state=PresenceState.AWAY.value)
        .returning(PresenceRow.operator_id)
        .execution_options(**_NO_SYNC)
    )
    return tuple(gone.scalars())


async def of_all(session: AsyncSession) -> tuple[tuple[Operator, PresenceState], ...]:
    """Return every operator who can sign in, by name, with where they are."""
    rows = await session.execute(
        select(OperatorRow, PresenceRow.state)
        .outerjoin(PresenceRow, PresenceRow.operator_id == OperatorRow.id)
        .where(OperatorRow.disabled_at.is_(None))
        .order_by(OperatorRow.display_name, OperatorRow.id)
    )
    return tuple(
        (account(row[0]).operator, PresenceState.AWAY if row[1] is None else PresenceState(row[1])) for row in rows
    )


async def absent(session: AsyncSession) -> tuple[str, ...]:
    """Return the ids of all operators who are away, never came, or were disabled."""
    rows = await session.execute(
        select(OperatorRow.id)
        .outerjoin(PresenceRow, PresenceRow.operator_id == OperatorRow.id)
        .where(
            (PresenceRow.state.is_(None))
            | (PresenceRow.state == PresenceState.AWAY.value)
            | (OperatorRow.disabled_at.is_not(None))
        )
    )
    return tuple(rows.scalars())


def _presence(row: PresenceRow) -> Presence:
    return Presence(row.operator_id, PresenceState(row.state), row.seen_at)
