"""`langelis operator` as an administrator of the machine uses it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.cli import main
from bot.services.people.people import People, build_people
from bot.services.people.sign_in import Step
from bot.storage.database import Database
from bot.storage.sessions import Stage
from tests.conftest import CHEAP
from tests.fakes import FakeClock
from tests.people import MUNICIPALITIES, OFFICE, actions_of

Result = TypeVar("Result")
RIMA = ("operator", "add", "Rima@Trakai.lt", "--name", "Rima", "--role", "operator", "--municipality", "trakai")
VYR = ("operator", "add", "vyr", "--name", "Vyr", "--role", "administrator")


@pytest.fixture(autouse=True)
def database_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of the test's own, cheap passwords; logging stays as the tests have it."""
    path = tmp_path / "cli" / "langelis.db"
    monkeypatch.setenv("LANGELIS_DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.setattr("bot.cli.set_up_logging", lambda _: None)
    monkeypatch.setattr("bot.cli.desk.set_up_logging", lambda _: None)
    monkeypatch.setattr("bot.services.people.people.PasswordCost", lambda: CHEAP)
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> list[str]:
    """Run a command that ends with a code and return the lines that it printed."""
    try:
        ended = main(arguments)
    except SystemExit as leaving:
        ended = int(leaving.code or 0)
    printed = capsys.readouterr()
    assert ended == code, printed.err
    return (printed.err if code else printed.out).splitlines()


def with_people(path: Path, act: Callable[[People], Awaitable[Result]]) -> Result:
    """Do something with the same database, as a server would."""

    async def run() -> Result:
        database = Database(f"sqlite:///{path}")
        people = build_people(database=database, clock=FakeClock(), municipalities=lambda: MUNICIPALITIES, cost=CHEAP)
        try:
            return await act(people)
        finally:
            await database.close()

    return asyncio.run(run())


def entered(path: Path, login: str, password: str) -> Stage | None:
    """Return how far a password brings somebody."""

    async def act(people: People) -> Step:
        return await people.sign_in.with_password(login, password, OFFICE)

    return with_people(path, act).stage


def test_adding_prints_a_one_time_password_that_works(capsys: pytest.CaptureFixture[str], database_file: Path) -> None:
    first, second, _ = said(capsys, *RIMA)
    assert first == "added rima@trakai.lt (operator, trakai)"
    assert entered(database_file, "rima@trakai.lt", second.removeprefix("one-time password: ")) is Stage.NEW_PASSWORD


def test_accounts_can_be_made_before_the_first_start_of_a_server(capsys: pytest.CaptureFixture[str]) -> None:
    for municipality in MUNICIPALITIES:
        said(capsys, *RIMA[:2], municipality, *RIMA[3:-1], municipality)


def test_the_list_shows_roles_scopes_and_what_is_unusual(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "operator", "list") == [
        "no operators yet; add one with `langelis operator add LOGIN --name NAME --role administrator`"
    ]
    said(capsys, *RIMA, "--municipality", "varena", "--department", "svietimas")
    said(capsys, *VYR)
    said(capsys, "operator", "disable", "rima@trakai.lt")
    assert said(capsys, "operator", "list") == [
        "rima@trakai.lt  operator  trakai,varena,department:svietimas  Rima  disabled  one-time password",
        "vyr  administrator  all municipalities  Vyr  one-time password",
    ]


def test_a_reset_password_replaces_the_old_one(capsys: pytest.CaptureFixture[str], database_file: Path) -> None:
    old = said(capsys, *RIMA)[1].removeprefix("one-time password: ")
    new = said(capsys, "operator", "reset-password", "RIMA@trakai.lt")[0].removeprefix("one-time password: ")
    assert entered(database_file, "rima@trakai.lt", old) is None
    assert entered(database_file, "rima@trakai.lt", new) is Stage.NEW_PASSWORD


def test_a_reset_of_a_disabled_account_says_how_to_open_it(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, *RIMA)
    said(capsys, "operator", "disable", "rima@trakai.lt")
    lines = said(capsys, "operator", "reset-password", "rima@trakai.lt", "--remove-totp")
    assert lines[-1] == "the account is disabled; `langelis operator enable rima@trakai.lt` opens it"


def test_disabling_and_enabling(capsys: pytest.CaptureFixture[str], database_file: Path) -> None:
    password = said(capsys, *RIMA)[1].removeprefix("one-time password: ")
    assert said(capsys, "operator", "disable", "rima@trakai.lt")[0].startswith("disabled: rima@trakai.lt")
    assert entered(database_file, "rima@trakai.lt", password) is None
    assert said(capsys, "operator", "enable", "rima@trakai.lt") == ["enabled: rima@trakai.lt"]
    assert entered(database_file, "rima@trakai.lt", password) is Stage.NEW_PASSWORD
    assert with_people(database_file, actions_of)[:3] == ["operator_added", "operator_disabled", "sign_in_failed"]


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        ((*RIMA[:-1], "kaunas"), 2, "langelis: unknown municipality: 'kaunas'"),
        (RIMA[:-2], 2, "langelis: operator: name at least one municipality"),
        (
            (*VYR, "--municipality", "trakai"),
            2,
            "langelis: an administrator has all municipalities: name none",
        ),
        (("operator", "add", "a b", *RIMA[3:]), 2, "langelis: 'a b' is no login: an e-mail address or a short name"),
        (("operator", "disable", "nera"), 1, "langelis: there is no operator 'nera'"),
        (("operator", "reset-password", "nera"), 1, "langelis: there is no operator 'nera'"),
    ],
)
def test_trouble_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, line: str
) -> None:
    assert said(capsys, *arguments, code=code) == [line]


@pytest.mark.parametrize(
    "arguments", [("operator",), ("operator", "add", "x"), (*RIMA[:5], "--role", "karalius"), ("operator", "disable")]
)
def test_bad_usage_ends_with_two_and_one_line(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    (line,) = said(capsys, *arguments, code=2)
    assert line.startswith("langelis operator")


def test_a_login_is_taken_once(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, *RIMA)
    assert said(capsys, *RIMA, code=1) == ["langelis: there is an operator 'rima@trakai.lt' already"]


def test_the_last_administrator_stays(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, *VYR)
    assert said(capsys, "operator", "disable", "vyr", code=1) == [
        "langelis: this is the last administrator who can sign in"
    ]


def test_help_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    text = "\n".join(said(capsys, "operator", "--help"))
    for action in ("add", "list", "reset-password", "disable", "enable"):
        assert action in text
