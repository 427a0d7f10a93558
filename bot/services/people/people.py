"""All that concerns people who work in the console, built in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.core.clock import Clock
from bot.services.people.accounts import Accounts
from bot.services.people.audit import Audit
from bot.services.people.own_account import OwnAccount
from bot.services.people.passwords import PasswordCost, Passwords
from bot.services.people.sessions import Sessions
from bot.services.people.sign_in import SignIn
from bot.services.people.watch import SessionWatch
from bot.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Accounts, sign-in, sessions and the audit log."""

    accounts: Accounts
    audit: Audit
    own_account: OwnAccount
    sessions: Sessions
    sign_in: SignIn
    watch: SessionWatch


def build_people(
    *, database: Database, clock: Clock, municipalities: Callable[[], frozenset[str]], cost: PasswordCost | None = None
) -> People:
    """Build them; `cost` is what one check of a password costs, which tests make small."""
    passwords = Passwords(cost or PasswordCost())
    audit, watch = Audit(database=database, clock=clock), SessionWatch(database=database, clock=clock)
    sessions = Sessions(database=database, clock=clock, audit=audit, watch=watch)
    return People(
        audit=audit,
        watch=watch,
        sessions=sessions,
        sign_in=SignIn(
            database=database, clock=clock, passwords=passwords, sessions=sessions, audit=audit, watch=watch
        ),
        accounts=Accounts(
            database=database,
            clock=clock,
            passwords=passwords,
            audit=audit,
            watch=watch,
            municipalities=municipalities,
        ),
        own_account=OwnAccount(database=database, clock=clock, passwords=passwords, audit=audit, watch=watch),
    )
