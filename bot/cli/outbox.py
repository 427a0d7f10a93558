"""`langelis outbox`: what waits to leave over the network, what was given up and why."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from bot.core.clock import SystemClock, local
from bot.core.mail_address import ascii_address
from bot.errors import LangelisError, SettingsError
from bot.settings import Settings
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.outbox import Overview, ParcelState, ParcelStatus

if TYPE_CHECKING:
    from bot.cli.types import Subparsers


def add(commands: Subparsers) -> None:
    """Describe the commands."""
    command = commands.add_parser("outbox", help="mails and other things that leave over the network")
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="show what waits, what was given up and why; recipients are masked")
    listing.add_argument("--state", choices=[state.value for state in ParcelState], help="only what is at this")
    listing.add_argument("--limit", type=_positive, default=50, help="how many of the newest to show (default: 50)")
    listing.set_defaults(run=run_list)
    retrying = actions.add_parser("retry", help="try again at once, with all tries before it")
    which = retrying.add_mutually_exclusive_group(required=True)
    which.add_argument("id", type=_positive, nargs="?", help="number from `langelis outbox list`")
    which.add_argument("--dead", action="store_true", help="everything that was given up")
    retrying.set_defaults(run=run_retry)
    testing = actions.add_parser("test-mail", help="send a test mail now and print what the mail server says")
    testing.add_argument("address", type=_address, help="address to send it to")
    testing.set_defaults(run=run_test_mail)


def run_list(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the newest parcels under a line of counts."""
    state = None if arguments.state is None else ParcelState(arguments.state)
    seen = asyncio.run(_overview(settings, state, arguments.limit))
    print(", ".join(f"{_words(state)}: {number}" for state, number in seen.counts.items()))
    for parcel in seen.parcels:
        print(_line(parcel))
    if seen.counts[ParcelState.NOT_CONFIGURED]:
        print(
            "not configured: kept until the settings name who sends it; for mail see LANGELIS_SMTP_HOST, "
            "for telegram LANGELIS_TELEGRAM_TOKEN"
        )
    return 0


def run_retry(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make parcels due; a running server sends them within a second. 1 when there is no such parcel."""
    number = asyncio.run(_retry(settings, None if arguments.dead else arguments.id))
    print(f"to be tried again: {number}")
    return 0


def run_test_mail(arguments: argparse.Namespace, settings: Settings) -> int:
    """Send the test mail, past the outbox; 1 when the mail server does not take it."""
    if not settings.smtp_host:
        raise SettingsError("LANGELIS_SMTP_HOST: mail is off, nothing can be sent")
    answer = asyncio.run(_send_test_mail(settings, arguments.address, SystemClock().now()))
    print(f"{settings.smtp_host}:{settings.smtp_port} took the mail: {' '.join(answer.split())}")
    return 0


async def _overview(settings: Settings, state: ParcelState | None, limit: int) -> Overview:
    # Imported here: the command's description must not wait for the whole product.
    from bot.app import outbox_kinds

    async with _opened(settings) as database, database.read() as session:
        return await outbox.overview(session, outbox_kinds(settings), state=state, limit=limit)


async def _retry(settings: Settings, parcel: int | None) -> int:
    now = SystemClock().now()
    async with _opened(settings) as database, database.write() as session:
        if parcel is None:
            return await outbox.retry_dead(session, now)
        if not await outbox.retry(session, parcel, now):
            raise LangelisError(f"nothing with the number {parcel} still has to leave")
        return 1


async def _send_test_mail(settings: Settings, address: str, now: datetime) -> str:
    from bot.services.mail import Mail, MailSender
    from bot.services.mail_templates import render

    rendered = render(
        "test", smtp_host=settings.smtp_host, sent_at=f"{local(now):%Y-%m-%d %H:%M}", public_url=settings.public_url
    )
    mail = Mail(to=address, subject=rendered.subject, text=rendered.text, html=rendered.html)
    return await MailSender(settings).send(mail, number=0, at=now)


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.database_url)
    await database.upgrade()
    try:
        yield database
    finally:
        await database.close()


def _line(parcel: ParcelStatus) -> str:
    parts = [f"#{parcel.id}", parcel.kind, _words(parcel.state), f"{local(parcel.created_at):%Y-%m-%d %H:%M}"]
    if parcel.recipient is not None:
        parts.append(f"to {parcel.recipient}")
    if parcel.attempts:
        parts.append(f"failed {parcel.attempts}×")
    if parcel.state is ParcelState.WAITING:
        parts.append(f"next try {local(parcel.next_attempt_at):%Y-%m-%d %H:%M:%S}")
    if parcel.last_error and parcel.state is not ParcelState.SENT:
        parts.append(parcel.last_error)
    return "  ".join(parts)


def _words(state: ParcelState) -> str:
    return state.value.replace("_", " ")


def _positive(text: str) -> int:
    if not text.isdecimal() or len(text) > 9 or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no positive number")
    return int(text)


def _address(text: str) -> str:
    if ascii_address(text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no e-mail address")
    return text
