"""The accounts, as administrators and the command line keep them; each step is one transaction, its audit included."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.audit import Actor, AuditAction, AuditObject, AuditRecord
from bot.core.clock import Clock
from bot.core.operators import Operator, Role, read_display_name, read_login
from bot.errors import AccountRuleError
from bot.services.people import throttle
from bot.services.people.audit import Audit
from bot.services.people.passwords import Passwords, one_time_password
from bot.services.people.watch import CutReason, SessionWatch
from bot.storage import operators
from bot.storage import sessions as storage
from bot.storage.database import Database
from bot.storage.operators import Account

_MOST_DEPARTMENTS, _LONGEST_DEPARTMENT = 50, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOperator:
    """What is told of somebody who is to have an account."""

    login: str
    display_name: str
    role: Role
    municipalities: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be different; None = stays."""

    display_name: str | None = None
    role: Role | None = None
    municipalities: frozenset[str] | None = None
    departments: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account and its one-time password, which is told this once and stored as a hash only."""

    operator: Operator
    password: str


class Accounts:
    """Adds, lists and changes accounts. `municipalities` returns the ids of those that exist."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        passwords: Passwords,
        audit: Audit,
        watch: SessionWatch,
        municipalities: Callable[[], frozenset[str]],
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._audit = audit
        self._watch = watch
        self._municipalities = municipalities

    async def every(self) -> tuple[Account, ...]:
        """Return all accounts by login."""
        async with self._database.read() as session:
            return await operators.every(session)

    async def by_login(self, typed: str) -> Operator:
        """Return an operator. Raises `AccountRuleError` for a login that nobody has."""
        async with self._database.read() as session:
            found = await operators.by_login(session, read_login(typed) or "")
        if found is None:
            raise AccountRuleError("unknown_operator", f"there is no operator {typed!r}")
        return found.operator

    async def add(self, actor: Actor, new: NewOperator) -> Credentials:
        """Add an account. Raises `AccountRuleError`."""
        credentials = await self._prepared(new)
        async with self._database.write() as session:
            await self._store(session, actor, credentials.operator, credentials.hashed)
        return Credentials(credentials.operator, credentials.password)

    async def add_first(self, actor: Actor, new: NewOperator) -> Credentials | None:
        """Add an account when there is none at all; None when there is one, also one that came meanwhile."""
        async with self._database.read() as session:
            if await operators.count(session):
                return None
        credentials = await self._prepared(new)
        async with self._database.write() as session:
            if await operators.count(session):
                return None
            await self._store(session, actor, credentials.operator, credentials.hashed)
        return Credentials(credentials.operator, credentials.password)

    async def any(self) -> bool:
        """Tell whether there is an account."""
        async with self._database.read() as session:
            return await operators.count(session) > 0

    async def change(self, actor: Actor, operator: str, change: Change) -> Operator:
        """Change name, role or scope; open sockets open again with the new rights. Raises `AccountRuleError`."""
        async with self._database.write() as session:
            before = (await _existing(session, operator)).operator
            after = self._checked(_changed(before, change))
            if after == before:
                return before
            await _keep_an_administrator(session, before, after)
            await operators.set_rights(session, after, self._clock.now())
            await self._record(session, actor, after, AuditAction.OPERATOR_CHANGED, changes=_told(before, after))
            open_now = await storage.of_operator(session, operator, self._clock.now())
        self._watch.cut([stored.id for stored in open_now], CutReason.RIGHTS_CHANGED)
        return after

    async def disable(self, actor: Actor, operator: str) -> Operator:
        """Close an account and cut its sessions at once. Raises `AccountRuleError`."""
        async with self._database.write() as session:
            before = (await _existing(session, operator)).operator
            if before.disabled:
                return before
            after = replace(before, disabled=True)
            await _keep_an_administrator(session, before, after)
            await operators.set_rights(session, after, self._clock.now())
            ended = await storage.revoke_all(session, operator, self._clock.now())
            await self._record(session, actor, after, AuditAction.OPERATOR_DISABLED)
        self._watch.cut(ended)
        return after

    async def enable(self, actor: Actor, operator: str) -> Operator:
        """Open a closed account again. Raises `AccountRuleError`."""
        async with self._database.write() as session:
            before = (await _existing(session, operator)).operator
            if not before.disabled:
                return before
            after = replace(before, disabled=False)
            await operators.set_rights(session, after, self._clock.now())
            await throttle.forget(session, throttle.account_key(after.login), throttle.code_key(after.id))
            await self._record(session, actor, after, AuditAction.OPERATOR_ENABLED)
        return after

    async def reset_password(self, actor: Actor, operator: str) -> Credentials:
        """Give a new one-time password and cut all sessions; waits after wrong tries end too.

        Raises `AccountRuleError`.
        """
        password = one_time_password()
        hashed = await self._passwords.hash(password)
        async with self._database.write() as session:
            found = (await _existing(session, operator)).operator
            await operators.set_password(session, operator, hashed, one_time=True)
            ended = await storage.revoke_all(session, operator, self._clock.now())
            await throttle.forget(session, throttle.account_key(found.login), throttle.code_key(found.id))
            await self._record(session, actor, found, AuditAction.PASSWORD_RESET)
        self._watch.cut(ended)
        return Credentials(found, password)

    async def remove_totp(self, actor: Actor, operator: str) -> Operator:
        """Ask somebody who lost the telephone for no codes any more, and cut all sessions.

        Raises `AccountRuleError`.
        """
        async with self._database.write() as session:
            before = (await _existing(session, operator)).operator
            if not before.totp:
                return before
            await operators.set_totp(session, operator, None, None)
            ended = await storage.revoke_all(session, operator, self._clock.now())
            await throttle.forget(session, throttle.code_key(operator))
            await self._record(session, actor, before, AuditAction.TOTP_REMOVED)
        self._watch.cut(ended)
        return replace(before, totp=False)

    async def get(self, operator: str) -> Operator:
        """Return an operator. Raises `AccountRuleError` for an id that nobody has."""
        async with self._database.read() as session:
            return (await _existing(session, operator)).operator

    async def _prepared(self, new: NewOperator) -> _Prepared:
        login = read_login(new.login)
        if login is None:
            raise AccountRuleError("login_invalid", f"{new.login!r} is no login: an e-mail address or a short name")
        operator = self._checked(
            Operator(
                id=secrets.token_hex(16),
                login=login,
                display_name=new.display_name,
                role=new.role,
                municipalities=new.municipalities,
                departments=new.departments,
            )
        )
        password = one_time_password()
        return _Prepared(operator, password, await self._passwords.hash(password))

    async def _store(self, session: AsyncSession, actor: Actor, operator: Operator, hashed: str) -> None:
        if await operators.by_login(session, operator.login) is not None:
            raise AccountRuleError("login_taken", f"there is an operator {operator.login!r} already")
        await operators.add(session, operator, hashed, self._clock.now())
        await self._record(session, actor, operator, AuditAction.OPERATOR_ADDED, role=operator.role.value)

    async def _record(
        self, session: AsyncSession, actor: Actor, operator: Operator, action: AuditAction, **data: object
    ) -> None:
        told = {"login": operator.login, **data}
        record = AuditRecord(action=action, object_type=AuditObject.OPERATOR, object_id=operator.id, data=told)
        await self._audit.record(session, actor, record)

    def _checked(self, operator: Operator) -> Operator:
        """Return the operator with name and scope as they may be. Raises `AccountRuleError`."""
        name = read_display_name(operator.display_name)
        if name is None:
            raise AccountRuleError("name_invalid", f"{operator.display_name!r} is no name to show")
        if operator.role is Role.ADMINISTRATOR and operator.municipalities:
            raise AccountRuleError("scope_of_administrator", "an administrator has all municipalities: name none")
        if operator.role is not Role.ADMINISTRATOR and not operator.municipalities:
            raise AccountRuleError("municipality_required", f"{operator.role.value}: name at least one municipality")
        unknown = sorted(operator.municipalities - self._municipalities())
        if unknown:
            raise AccountRuleError("municipality_unknown", f"unknown municipality: {unknown[0]!r}")
        if not _good_departments(operator.departments):
            raise AccountRuleError("department_invalid", "a department is a short id, fifty at most")
        return replace(operator, display_name=name)


@dataclass(frozen=True, slots=True)
class _Prepared:
    operator: Operator
    password: str
    hashed: str


def _changed(before: Operator, change: Change) -> Operator:
    role = change.role or before.role
    kept = frozenset[str]() if role is Role.ADMINISTRATOR else before.municipalities
    return replace(
        before,
        display_name=before.display_name if change.display_name is None else change.display_name,
        role=role,
        municipalities=kept if change.municipalities is None else change.municipalities,
        departments=before.departments if change.departments is None else change.departments,
    )


def _told(before: Operator, after: Operator) -> dict[str, object]:
    """Return what is different, for the audit log: rights are told in full."""
    values: dict[str, tuple[object, object]] = {
        "role": (before.role.value, after.role.value),
        "municipalities": (sorted(before.municipalities), sorted(after.municipalities)),
        "departments": (sorted(before.departments), sorted(after.departments)),
        "display_name": (before.display_name, after.display_name),
    }
    return {name: {"from": old, "to": new} for name, (old, new) in values.items() if old != new}


def _good_departments(departments: frozenset[str]) -> bool:
    return len(departments) <= _MOST_DEPARTMENTS and all(
        0 < len(department) <= _LONGEST_DEPARTMENT and department.isprintable() for department in departments
    )


async def _existing(session: AsyncSession, operator: str) -> Account:
    found = await operators.by_id(session, operator)
    if found is None:
        raise AccountRuleError("unknown_operator", "there is no such operator")
    return found


async def _keep_an_administrator(session: AsyncSession, before: Operator, after: Operator) -> None:
    """Refuse what would leave nobody who can manage accounts."""
    if before.role is not Role.ADMINISTRATOR or (after.role is Role.ADMINISTRATOR and not after.disabled):
        return
    if await operators.enabled_administrators(session) == {before.id}:
        raise AccountRuleError("last_administrator", "this is the last administrator who can sign in")
