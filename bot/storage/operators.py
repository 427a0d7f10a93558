"""Queries over the accounts of operators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.operators import Operator, Role
from bot.storage.tables import OperatorRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An operator with what only sign-in needs; `changed_at` is when rights changed last."""

    operator: Operator
    password_hash: str
    must_change_password: bool
    totp_secret: str | None
    totp_pending: str | None
    totp_last_step: int | None
    created_at: datetime
    changed_at: datetime


async def add(session: AsyncSession, operator: Operator, password_hash: str, now: datetime) -> None:
    """Store a new account whose password must be changed at the first sign-in."""
    await session.execute(
        insert(OperatorRow).values(
            id=operator.id,
            login=operator.login,
            display_name=operator.display_name,
            role=operator.role.value,
            municipalities=sorted(operator.municipalities),
            departments=sorted(operator.departments),
            password_hash=password_hash,
            must_change_password=True,
            created_at=now,
            changed_at=now,
        )
    )


async def by_login(session: AsyncSession, login: str) -> Account | None:
    """Return the account with a login, or None."""
    row = (await session.execute(select(OperatorRow).where(OperatorRow.login == login))).scalar_one_or_none()
    return None if row is None else account(row)


async def by_id(session: AsyncSession, operator: str) -> Account | None:
    """Return an account, or None."""
    row = (await session.execute(select(OperatorRow).where(OperatorRow.id == operator))).scalar_one_or_none()
    return None if row is None else account(row)


async def every(session: AsyncSession) -> tuple[Account, ...]:
    """Return all accounts by login, the disabled ones too."""
    rows = await session.execute(select(OperatorRow).order_by(OperatorRow.login))
    return tuple(account(row) for row in rows.scalars())


async def count(session: AsyncSession) -> int:
    """Return how many accounts there are."""
    return (await session.execute(select(func.count()).select_from(OperatorRow))).scalar_one()


async def enabled_administrators(session: AsyncSession) -> frozenset[str]:
    """Return the ids of the administrators who can sign in."""
    rows = await session.execute(
        select(OperatorRow.id).where(OperatorRow.role == Role.ADMINISTRATOR.value, OperatorRow.disabled_at.is_(None))
    )
    return frozenset(rows.scalars())


async def set_rights(session: AsyncSession, operator: Operator, now: datetime) -> None:
    """Store name, role and scope, and whether the account is disabled."""
    await _set(
        session,
        operator.id,
        display_name=operator.display_name,
        role=operator.role.value,
        municipalities=sorted(operator.municipalities),
        departments=sorted(operator.departments),
        disabled_at=now if operator.disabled else None,
        changed_at=now,
    )


async def set_password(session: AsyncSession, operator: str, password_hash: str, *, one_time: bool) -> None:
    """Store a password's hash; a one-time password must be changed at the next sign-in."""
    await _set(session, operator, password_hash=password_hash, must_change_password=one_time)


async def strengthen_password(session: AsyncSession, operator: str, password_hash: str) -> None:
    """Store a new hash of the same password."""
    await _set(session, operator, password_hash=password_hash)


async def set_pending_totp(session: AsyncSession, operator: str, secret: str | None) -> None:
    """Store a secret that counts once a code of it was given."""
    await _set(session, operator, totp_pending=secret)


async def set_totp(session: AsyncSession, operator: str, secret: str | None, step: int | None) -> None:
    """Ask for codes of a secret from now on, later than `step`; None = ask for none."""
    await _set(session, operator, totp_secret=secret, totp_pending=None, totp_last_step=step)


async def use_step(session: AsyncSession, operator: str, step: int) -> bool:
    """Use up a code's time step; False when it or a later one was used before."""
    used = await session.execute(
        update(OperatorRow)
        .where(OperatorRow.id == operator, (OperatorRow.totp_last_step.is_(None)) | (OperatorRow.totp_last_step < step))
        .values(totp_last_step=step)
        .returning(OperatorRow.id)
        .execution_options(synchronize_session=False)
    )
    return used.scalar_one_or_none() is not None


async def _set(session: AsyncSession, operator: str, **values: object) -> None:
    await session.execute(
        update(OperatorRow)
        .where(OperatorRow.id == operator)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def account(row: OperatorRow) -> Account:
    """Return what a row holds."""
    return Account(
        operator=Operator(
            id=row.id,
            login=row.login,
            display_name=row.display_name,
            role=Role(row.role),
            municipalities=frozenset(row.municipalities),
            departments=frozenset(row.departments),
            disabled=row.disabled_at is not None,
            totp=row.totp_secret is not None,
        ),
        password_hash=row.password_hash,
        must_change_password=row.must_change_password,
        totp_secret=row.totp_secret,
        totp_pending=row.totp_pending,
        totp_last_step=row.totp_last_step,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )
