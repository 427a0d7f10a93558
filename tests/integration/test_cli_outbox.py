"""`langelis outbox` as a person uses it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.cli import main
from bot.services.mail import KIND, Mail, mail_body
from bot.services.outbox import OutboxWorker, PermanentFailure, TemporaryFailure
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.outbox import Parcel
from tests.fakes import FakeClock
from tests.mail_server import HOST, MailServer, mail_server

COUNTS = "waiting: {}, not configured: {}, dead: {}, sent: {}"
TO_JONAS = "email  {}  2026-11-21 12:00  to j…@pastas.lt"


@pytest.fixture(autouse=True)
def database_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of the test's own; logging stays as the tests have it."""
    monkeypatch.setenv("LANGELIS_DATABASE_URL", f"sqlite:///{tmp_path / 'langelis.db'}")
    monkeypatch.setattr("bot.cli.set_up_logging", lambda _: None)
    return tmp_path / "langelis.db"


@pytest.fixture
def _mail_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings with a mail server that nobody connects to."""
    monkeypatch.setenv("LANGELIS_SMTP_HOST", "mail.trakai.lt")
    monkeypatch.setenv("LANGELIS_SMTP_FROM", "langelis@trakai.lt")


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> list[str]:
    """Run a command that ends with a code and return the lines that it printed."""
    try:
        ended = main(arguments)
    except SystemExit as leaving:
        ended = int(leaving.code or 0)
    printed = capsys.readouterr()
    assert ended == code, printed.err
    return (printed.err if code else printed.out).splitlines()


def fill(database_file: Path, *failures: Exception | None) -> None:
    """Write a mail for each failure and try it; None is a mail that nobody tried yet."""
    clock, ahead = FakeClock(), list(failures)

    async def fail(parcel: Parcel) -> None:
        failure = ahead[parcel.id - 1]
        assert failure is not None
        raise failure

    async def write() -> None:
        database = Database(f"sqlite:///{database_file}")
        await database.upgrade()
        worker = OutboxWorker(database=database, clock=clock, senders={KIND: fail}, jitter=lambda: 0.0)
        mail = Mail(to="jonas@pastas.lt", subject="Slaptas", text="slaptas", html=None)
        for failure in failures:
            async with database.write() as session:
                await outbox.add(session, KIND, mail_body(mail), clock.now())
            if failure is not None:
                await worker.send_due()
        await database.close()

    with capture_logs():
        asyncio.run(write())


async def run_aside(*arguments: str) -> int:
    """Run a command beside the test's own loop."""
    return await asyncio.to_thread(main, arguments)


def point_to(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the settings lead to the server."""
    given = {"HOST": HOST, "PORT": str(server.port), "FROM": "langelis@trakai.lt", "SECURITY": "none"}
    for name, value in {**given, "TIMEOUT_SECONDS": "5"}.items():
        monkeypatch.setenv(f"LANGELIS_SMTP_{name}", value)


def test_an_empty_outbox_is_shown_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "outbox", "list") == [COUNTS.format(0, 0, 0, 0)]


@pytest.mark.usefixtures("_mail_is_on")
def test_the_list_says_what_waits_what_is_dead_and_why(database_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(database_file, PermanentFailure("550 <jonas@pastas.lt> unknown"), TemporaryFailure("451 later"), None)
    assert said(capsys, "outbox", "list") == [
        COUNTS.format(2, 0, 1, 0),
        f"#3  {TO_JONAS.format('waiting')}  next try 2026-11-21 12:00:00",
        f"#2  {TO_JONAS.format('waiting')}  failed 1×  next try 2026-11-21 12:00:02  451 later",
        f"#1  {TO_JONAS.format('dead')}  failed 1×  550 <j…@pastas.lt> unknown",
    ]
    assert [line[:2] for line in said(capsys, "outbox", "list", "--state", "dead")[1:]] == ["#1"]
    assert [line[:2] for line in said(capsys, "outbox", "list", "--limit", "2")[1:]] == ["#3", "#2"]


def test_mail_that_is_off_is_said_to_be_kept(database_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(database_file, None)
    assert said(capsys, "outbox", "list") == [
        COUNTS.format(0, 1, 0, 0),
        f"#1  {TO_JONAS.format('not configured')}",
        "not configured: kept until the settings name who sends it; for mail see LANGELIS_SMTP_HOST, "
        "for telegram LANGELIS_TELEGRAM_TOKEN",
    ]
    assert len(said(capsys, "outbox", "list", "--state", "not_configured")) == 3


@pytest.mark.usefixtures("_mail_is_on")
def test_one_parcel_or_all_dead_ones_are_tried_again(database_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(database_file, *[PermanentFailure("550 no")] * 3)
    assert said(capsys, "outbox", "retry", "2") == ["to be tried again: 1"]
    assert said(capsys, "outbox", "list")[0] == COUNTS.format(1, 0, 2, 0)
    assert said(capsys, "outbox", "retry", "--dead") == ["to be tried again: 2"]
    assert said(capsys, "outbox", "list")[0] == COUNTS.format(3, 0, 0, 0)
    assert said(capsys, "outbox", "retry", "--dead") == ["to be tried again: 0"]


def test_a_number_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    printed = said(capsys, "outbox", "retry", "7", code=1)
    assert printed == ["langelis: nothing with the number 7 still has to leave"]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("burn",),
        ("list", "--state", "lost"),
        ("list", "--limit", "0"),
        ("retry",),
        ("retry", "first"),
        ("retry", "1", "--dead"),
        ("test-mail",),
        ("test-mail", "jonas"),
        ("test-mail", "jonas@pastas.lt\nBcc: ona@pastas.lt"),
        ("test-mail", "jonas@pastas.lt"),
    ],
    ids=str,
)
def test_bad_usage_ends_with_one_clear_line(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = said(capsys, "outbox", *arguments, code=2)
    assert line.startswith("langelis")


@pytest.mark.parametrize("action", ["list", "retry", "test-mail"])
def test_every_action_explains_itself(action: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "outbox", action, "--help")[0].startswith(f"usage: langelis outbox {action}")


async def test_a_test_mail_is_sent_at_once_and_the_servers_answer_is_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGELIS_PUBLIC_URL", "https://langelis.trakai.lt")
    async with mail_server() as server:
        point_to(server, monkeypatch)
        assert await run_aside("outbox", "test-mail", "jonas@pastas.lt") == 0
    assert capsys.readouterr().out == f"{HOST}:{server.port} took the mail: 2.0.0 OK: queued as 42\n"
    (mail,) = server.received
    assert mail["Subject"] == "„Langelio“ bandomasis laiškas"
    assert "https://langelis.trakai.lt" in mail.as_string()


async def test_a_test_mail_that_is_refused_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with mail_server() as server:
        point_to(server, monkeypatch)
        server.at_recipient["jonas@pastas.lt"] = "550 5.1.1 no such user"
        assert await run_aside("outbox", "test-mail", "jonas@pastas.lt") == 1
    assert capsys.readouterr().err == "langelis: 550 5.1.1 no such user\n"


def test_settings_show_the_mail_server_and_hide_its_password(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGELIS_SMTP_PASSWORD", "labai-slaptas")
    printed = said(capsys, "settings")
    assert "LANGELIS_SMTP_PASSWORD=(set)" in printed
    assert "LANGELIS_SMTP_SECURITY=starttls" in printed
    assert "labai-slaptas" not in "\n".join(printed)


def test_half_a_mail_configuration_ends_every_command_with_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGELIS_SMTP_HOST", "mail.trakai.lt")
    assert said(capsys, "outbox", "list", code=2) == [
        "langelis: LANGELIS_SMTP_FROM: required when LANGELIS_SMTP_HOST is set"
    ]
