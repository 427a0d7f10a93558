"""`langelis operator`: the accounts of people who work in the console."""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

from bot.cli.desk import be_quiet
from bot.core.audit import COMMAND_LINE
from bot.core.clock import SystemClock
from bot.core.operators import Operator, Role
from bot.errors import AccountRuleError, SettingsError
from bot.services.catalogues import Catalogues
from bot.services.people.accounts import Accounts, Credentials, NewOperator
from bot.services.people.people import build_people
from bot.settings import Settings, project_path
from bot.storage.database import Database
from bot.storage.operators import Account

if TYPE_CHECKING:
    from bot.cli.types import Subparsers

_T = TypeVar("_T")
_BAD_USAGE = frozenset(
    {
        "login_invalid",
        "name_invalid",
        "municipality_required",
        "municipality_unknown",
        "scope_of_administrator",
        "department_invalid",
    }
)
"""What was typed cannot be meant: exit code 2; what the accounts forbid is 1."""


def add(commands: Subparsers) -> None:
    """Describe the commands."""
    command = commands.add_parser("operator", help="accounts of people who work in the console")
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    adding = actions.add_parser(
        "add",
        help="add an account and print its one-time password",
        description="Prints a one-time password, this once; it must be changed at the first sign-in.",
    )
    adding.add_argument("login", help="e-mail address or short name")
    adding.add_argument("--name", required=True, help="name that residents and colleagues see")
    adding.add_argument("--role", required=True, choices=[role.value for role in Role])
    adding.add_argument(
        "--municipality", action="append", default=[], metavar="M", help="may be repeated; administrators have all"
    )
    adding.add_argument(
        "--department", action="append", default=[], metavar="D", help="may be repeated; none: all departments"
    )
    adding.set_defaults(run=run_add)
    actions.add_parser("list", help="show all accounts").set_defaults(run=run_list)
    _describe_changes(actions)


def _describe_changes(actions: Subparsers) -> None:
    resetting = actions.add_parser("reset-password", help="print a new one-time password and end all sessions")
    resetting.add_argument("login")
    resetting.add_argument("--remove-totp", action="store_true", help="ask for no codes either: the telephone is lost")
    resetting.set_defaults(run=run_reset)
    for name, meaning, run in (
        ("disable", "close an account and cut its sessions within two seconds", run_disable),
        ("enable", "open a closed account again", run_enable),
    ):
        parser = actions.add_parser(name, help=meaning)
        parser.add_argument("login")
        parser.set_defaults(run=run)


def run_add(arguments: argparse.Namespace, settings: Settings) -> int:
    """Add an account."""
    new = NewOperator(
        login=arguments.login,
        display_name=arguments.name,
        role=Role(arguments.role),
        municipalities=frozenset(arguments.municipality),
        departments=frozenset(arguments.department),
    )

    async def act(accounts: Accounts) -> Credentials:
        return await accounts.add(COMMAND_LINE, new)

    made = _run(settings, act)
    print(f"added {made.operator.login} ({made.operator.role.value}, {_scope(made.operator)})")
    _print_password(made)
    return 0


def run_list(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Print one line for each account."""

    async def act(accounts: Accounts) -> tuple[Account, ...]:
        return await accounts.every()

    found = _run(settings, act)
    for account in found:
        print(_line(account))
    if not found:
        print("no operators yet; add one with `langelis operator add LOGIN --name NAME --role administrator`")
    return 0


def run_reset(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print a new one-time password."""

    async def act(accounts: Accounts) -> Credentials:
        operator = await accounts.by_login(arguments.login)
        if arguments.remove_totp:
            await accounts.remove_totp(COMMAND_LINE, operator.id)
        made = await accounts.reset_password(COMMAND_LINE, operator.id)
        return dataclasses.replace(made, operator=await accounts.get(operator.id))

    made = _run(settings, act)
    _print_password(made)
    if made.operator.totp:
        print("codes of the authenticator app are still asked; --remove-totp ends that")
    if made.operator.disabled:
        print(f"the account is disabled; `langelis operator enable {made.operator.login}` opens it")
    return 0


def run_disable(arguments: argparse.Namespace, settings: Settings) -> int:
    """Close an account."""

    async def act(accounts: Accounts) -> Operator:
        return await accounts.disable(COMMAND_LINE, (await accounts.by_login(arguments.login)).id)

    print(f"disabled: {_run(settings, act).login}; a running server cuts open sessions within two seconds")
    return 0


def run_enable(arguments: argparse.Namespace, settings: Settings) -> int:
    """Open a closed account."""

    async def act(accounts: Accounts) -> Operator:
        return await accounts.enable(COMMAND_LINE, (await accounts.by_login(arguments.login)).id)

    print(f"enabled: {_run(settings, act).login}")
    return 0


def _run(settings: Settings, act: Callable[[Accounts], Awaitable[_T]]) -> _T:
    be_quiet(settings)

    async def run() -> _T:
        async with _accounts(settings) as accounts:
            return await act(accounts)

    try:
        return asyncio.run(run())
    except AccountRuleError as error:
        if error.code in _BAD_USAGE:
            raise SettingsError(str(error)) from error
        raise


@asynccontextmanager
async def _accounts(settings: Settings) -> AsyncIterator[Accounts]:
    database, clock = Database(settings.database_url), SystemClock()
    try:
        await database.upgrade()
        catalogues = Catalogues(database, clock)
        await catalogues.refresh()
        imported = frozenset(loaded.catalogue.municipality.id for loaded in catalogues.all)
        known = imported | _packs(settings)
        yield build_people(database=database, clock=clock, municipalities=lambda: known).accounts
    finally:
        await database.close()


def _packs(settings: Settings) -> frozenset[str]:
    """Return the packs that the first `langelis serve` will import: accounts may be made before it."""
    folder = project_path(settings.packs_dir)
    return frozenset(path.parent.name for path in folder.glob("*/municipality.yml"))


def _print_password(made: Credentials) -> None:
    print(f"one-time password: {made.password}")
    print("It is shown this once and must be changed at the first sign-in.")


def _line(account: Account) -> str:
    operator = account.operator
    notes = [
        note
        for note, holds in (
            ("disabled", operator.disabled),
            ("one-time password", account.must_change_password),
            ("codes on", operator.totp),
        )
        if holds
    ]
    return "  ".join([operator.login, operator.role.value, _scope(operator), operator.display_name, *notes])


def _scope(operator: Operator) -> str:
    if operator.role is Role.ADMINISTRATOR:
        return "all municipalities"
    return ",".join(sorted(operator.municipalities) + [f"department:{one}" for one in sorted(operator.departments)])
