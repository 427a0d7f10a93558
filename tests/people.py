"""People for tests: accounts as an administrator makes them, and signed in as they do it themselves."""

from __future__ import annotations

from collections.abc import Iterable

import pyotp

from bot.core.audit import COMMAND_LINE, AuditEntry, AuditFilter
from bot.core.operators import Operator, Role
from bot.services.people.accounts import NewOperator
from bot.services.people.people import People
from bot.services.people.sessions import SignedIn, Visitor
from bot.storage.sessions import Stage
from tests.fakes import FakeClock

MUNICIPALITIES = frozenset({"trakai", "varena", "alytus-r"})
ADDRESS = "192.0.2.7"
OFFICE = Visitor.of(ADDRESS, "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0")
PASSWORD = "žalias arklys bėga namo"
ROOT = Operator(id="root", login="root", display_name="Visų matytojas", role=Role.ADMINISTRATOR)
"""Reads the whole audit log; has no account."""


async def hired(
    people: People,
    login: str = "rima",
    role: Role = Role.OPERATOR,
    municipalities: Iterable[str] = ("trakai",),
    departments: Iterable[str] = (),
) -> Operator:
    """Add an operator who has a password of her own already."""
    new = NewOperator(
        login=login,
        display_name=login.capitalize(),
        role=role,
        municipalities=frozenset() if role is Role.ADMINISTRATOR else frozenset(municipalities),
        departments=frozenset(departments),
    )
    made = await people.accounts.add(COMMAND_LINE, new)
    step = await people.sign_in.with_password(login, made.password, OFFICE)
    assert step.token is not None
    entered = await people.sign_in.with_new_password(step.token, PASSWORD, OFFICE)
    assert entered.token is not None
    await people.sessions.sign_out(entered.token, ADDRESS)
    return made.operator


async def token_of(people: People, login: str = "rima", password: str = PASSWORD, visitor: Visitor = OFFICE) -> str:
    """Sign in with a password and return the open session's token."""
    step = await people.sign_in.with_password(login, password, visitor)
    assert step.stage is Stage.OPEN, step
    assert step.token is not None
    return step.token


async def signed_in(people: People, login: str = "rima") -> SignedIn:
    """Sign in with a password and return who that is."""
    who = await people.sessions.signed_in(await token_of(people, login), ADDRESS)
    assert who is not None
    return who


async def with_totp(people: People, clock: FakeClock, login: str = "rima") -> str:
    """Switch codes on; return the secret. The step of the first code is used up, so the clock moves on."""
    who = await signed_in(people, login)
    secret = await people.own_account.begin_totp(who, PASSWORD)
    await people.own_account.confirm_totp(who, code_of(secret, clock))
    clock.move(seconds=60)
    return secret


def code_of(secret: str, clock: FakeClock, *, steps: int = 0) -> str:
    """Return what the telephone shows now, or steps of 30 s later."""
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()) + 30 * steps)


async def log_of(people: People, wanted: AuditFilter | None = None, reader: Operator = ROOT) -> list[AuditEntry]:
    """Return the audit log, oldest first."""
    page = await people.audit.page(reader, wanted or AuditFilter(), before=None, limit=200)
    return list(reversed(page.entries))


async def actions_of(people: People, wanted: AuditFilter | None = None) -> list[str]:
    """Return what was done, oldest first."""
    return [entry.action for entry in await log_of(people, wanted)]
