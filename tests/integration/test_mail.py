"""Mails from the outbox through a real mail server: delivered, retried, given up, cut off."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.app import build, outbox_senders, running
from bot.services.mail import KIND, Mail, MailSender, mail_body
from bot.services.mail_templates import render
from bot.services.outbox import OutboxWorker, PermanentFailure, TemporaryFailure
from bot.settings import Settings
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.outbox import Overview, ParcelState
from tests.fakes import FakeClock, FakeEngine
from tests.mail_server import HOST, MailServer, mail_server, tls_contexts
from tests.waiting import until_true

SENDER = "langelis@trakai.lt"
JONAS, ONA = "jonas@pastas.lt", "ona@pastas.lt"


@dataclass(frozen=True)
class Office:
    """A database with an outbox, a worker that sends mails, and the server that takes them."""

    database: Database
    clock: FakeClock
    server: MailServer
    settings: Settings
    worker: OutboxWorker

    async def write(self, *recipients: str, subject: str = "Ąžuolų priežiūra", **more: str) -> None:
        """Put one mail for each recipient in the outbox."""
        async with self.database.write() as session:
            for to in recipients:
                body = {**mail_body(letter()), "to": to, "subject": subject, **more}
                await outbox.add(session, KIND, body, self.clock.now())

    async def seen(self) -> Overview:
        """Return what a person sees of the outbox."""
        async with self.database.read() as session:
            return await outbox.overview(session, self.worker.kinds)

    async def errors(self) -> dict[int, tuple[str, int, str | None]]:
        """Return (state, attempts, error) by parcel."""
        return {p.id: (p.state.value, p.attempts, p.last_error) for p in (await self.seen()).parcels}


def letter(to: str = JONAS) -> Mail:
    """Return a mail with Lithuanian letters."""
    return Mail(to=to, subject="Ąžuolų priežiūra", text="Šįryt – „žuvys“.\n", html="<p>Šįryt – „žuvys“.</p>")


def mail_settings(settings: Settings, server: MailServer, *, security: str = "none", user: str = "") -> Settings:
    """Return settings that lead to the server."""
    return replace(
        settings,
        smtp_host=HOST,
        smtp_port=server.port,
        smtp_security=security,
        smtp_user=user,
        smtp_password="labai-slaptas" if user else "",
        smtp_from=SENDER,
        smtp_timeout_seconds=1,
    )


def content(mail: EmailMessage, kind: str) -> str:
    """Return the text of the part of a kind."""
    part = mail.get_body((kind,))
    assert part is not None
    text = part.get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")


@pytest.fixture
async def office(settings: Settings, database: Database, clock: FakeClock) -> AsyncIterator[Office]:
    """An office whose server takes everything."""
    async with mail_server() as server:
        used = mail_settings(settings, server)
        worker = OutboxWorker(
            database=database, clock=clock, senders=outbox_senders(used, database, clock), jitter=lambda: 0.0
        )
        yield Office(database, clock, server, used, worker)


async def test_a_mail_arrives_once_as_it_was_written(office: Office) -> None:
    await office.write(JONAS)
    office.clock.move(minutes=5)
    await office.worker.send_all()
    await office.worker.send_all()
    (mail,) = office.server.received
    assert office.server.envelopes == [(SENDER, [JONAS])]
    assert (mail["From"], mail["To"], mail["Subject"]) == (SENDER, JONAS, "Ąžuolų priežiūra")
    assert content(mail, "plain") == "Šįryt – „žuvys“.\n"
    assert content(mail, "html") == "<p>Šįryt – „žuvys“.</p>\n"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == "<20261121100000000000.1.langelis@trakai.lt>"
    assert (await office.errors())[1] == ("sent", 0, None)


async def test_a_busy_server_is_asked_again_and_the_mail_is_delivered_once(office: Office) -> None:
    office.server.at_data.extend(["451 4.3.0 try later"] * 2)
    await office.write(JONAS)
    await office.worker.send_all()
    assert (await office.errors())[1] == ("waiting", 1, "451 4.3.0 try later")
    for seconds in (2, 4):
        await office.worker.send_all()
        assert not office.server.received
        office.clock.move(seconds=seconds)
        await office.worker.send_all()
    assert office.server.attempts == 3
    assert len(office.server.received) == 1
    assert (await office.errors())[1][:2] == ("sent", 2)


async def test_a_recipient_who_is_refused_is_given_up_at_once_and_shown(office: Office) -> None:
    office.server.at_recipient[JONAS] = f"550 5.1.1 <{JONAS}>: no such user"
    await office.write(JONAS, ONA)
    await office.worker.send_all()
    assert await office.errors() == {
        1: ("dead", 1, "550 5.1.1 <j…@pastas.lt>: no such user"),
        2: ("sent", 0, None),
    }
    assert office.server.envelopes == [(SENDER, [ONA])]
    office.clock.move(days=1)
    await office.worker.send_all()
    assert office.server.attempts == 2


async def test_a_recipient_who_is_refused_for_now_is_tried_again(office: Office) -> None:
    office.server.at_recipient[JONAS] = "450 4.2.0 greylisted"
    await office.write(JONAS)
    await office.worker.send_all()
    assert (await office.errors())[1] == ("waiting", 1, "450 4.2.0 greylisted")


async def test_a_mail_or_a_sender_that_is_refused_is_given_up_at_once(office: Office) -> None:
    office.server.at_data.append("554 5.7.1 looks like spam")
    await office.write(JONAS)
    await office.worker.send_all()
    office.server.at_sender = "553 5.1.8 not your address"
    await office.write(ONA)
    await office.worker.send_all()
    assert await office.errors() == {
        1: ("dead", 1, "554 5.7.1 looks like spam"),
        2: ("dead", 1, "553 5.1.8 not your address"),
    }


async def test_a_missing_login_kills_no_mail_for_it_is_the_settings_fault(office: Office) -> None:
    office.server.at_sender = "530 5.7.0 Authentication required"
    await office.write(JONAS)
    await office.worker.send_all()
    assert (await office.errors())[1] == ("waiting", 1, "530 5.7.0 Authentication required")


async def test_a_server_that_hangs_is_cut_off_and_the_next_mail_goes_out(office: Office) -> None:
    office.server.hangs_for.add(JONAS)
    await office.write(JONAS, ONA)
    await office.worker.send_all()
    assert office.server.envelopes == [(SENDER, [ONA])]
    state, attempts, error = (await office.errors())[1]
    assert (state, attempts) == ("waiting", 1)
    assert error == "no answer from the mail server within 1 s"
    office.server.hangs_for.clear()
    office.clock.move(seconds=2)
    await office.worker.send_all()
    assert [recipients for _, recipients in office.server.envelopes] == [[ONA], [JONAS]]


async def test_a_server_that_is_silent_at_the_end_does_not_get_the_mail_again(office: Office) -> None:
    office.server.silent_at_quit = True
    await office.write(JONAS)
    await office.worker.send_all()
    assert (await office.errors())[1] == ("sent", 0, None)
    assert len(office.server.received) == 1


async def test_a_server_that_is_not_there_is_looked_for_again(office: Office, settings: Settings) -> None:
    async with mail_server() as gone:
        away = mail_settings(settings, gone)
    worker = OutboxWorker(
        database=office.database,
        clock=office.clock,
        senders=outbox_senders(away, office.database, office.clock),
        jitter=lambda: 0,
    )
    await office.write(JONAS)
    await worker.send_all()
    state, attempts, error = (await office.errors())[1]
    assert (state, attempts) == ("waiting", 1)
    assert error is not None
    assert error.startswith("SMTPConnectError: ")
    office.clock.move(seconds=2)
    await office.worker.send_all()
    assert len(office.server.received) == 1


@pytest.mark.parametrize("host", ["a..b", "ž" * 70])
async def test_a_name_that_no_server_can_have_is_no_crash(office: Office, host: str) -> None:
    with pytest.raises(TemporaryFailure):
        await MailSender(replace(office.settings, smtp_host=host)).send(letter(), number=1, at=office.clock.now())


async def test_a_row_with_a_forged_header_is_never_sent(office: Office) -> None:
    await office.write(JONAS, subject="Labas\r\nBcc: visi@pastas.lt")
    await office.write(JONAS, reply_to="ona@pastas.lt\nBcc: visi@pastas.lt")
    await office.write("jonas@pastas.lt>\r\nRCPT TO:<visi@pastas.lt")
    await office.write("Jonas Jonaitis")
    await office.worker.send_all()
    assert office.server.attempts == 0
    assert (await office.seen()).counts[ParcelState.DEAD] == 4


async def test_mail_that_is_off_keeps_what_is_written_until_it_is_on(
    office: Office, database: Database, clock: FakeClock, settings: Settings
) -> None:
    off = OutboxWorker(database=database, clock=clock, senders=outbox_senders(settings, database, clock))
    assert off.kinds == ()
    await office.write(JONAS, ONA)
    for _ in range(20):
        clock.move(hours=1)
        await off.send_all()
    async with database.read() as session:
        seen = await outbox.overview(session, off.kinds)
    assert [(parcel.state, parcel.attempts) for parcel in seen.parcels] == [(ParcelState.NOT_CONFIGURED, 0)] * 2
    await office.worker.send_all()
    assert [recipients for _, recipients in office.server.envelopes] == [[JONAS], [ONA]]


async def test_neither_the_address_nor_the_text_is_logged(office: Office) -> None:
    office.server.at_recipient[JONAS] = f"450 <{JONAS}> wrote: laba diena"
    await office.write(JONAS, ONA)
    with capture_logs() as logged:
        await office.worker.send_all()
    assert [entry["code"] for entry in logged] == [450]
    assert not [word for word in ("jonas", "ona@", "pastas", "laba", "Šįryt", "Ąžuol") if word in str(logged)]


async def test_a_copy_after_a_crash_has_the_same_message_id(office: Office) -> None:
    """The process dies between the server's answer and the mark in the database."""
    send = MailSender(office.settings)

    async def die_after_sending(parcel: outbox.Parcel) -> None:
        await send(parcel)
        raise KeyboardInterrupt

    await office.write(JONAS)
    dying = OutboxWorker(database=office.database, clock=office.clock, senders={KIND: die_after_sending})
    with pytest.raises(KeyboardInterrupt):
        await dying.send_all()
    office.clock.move(minutes=1)
    await office.worker.send_all()
    first, second = office.server.received
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


async def test_a_template_arrives_escaped_with_the_servers_answer(office: Office) -> None:
    mail = render("test", smtp_host="<script>alert(1)</script>", sent_at="2026-11-21 12:00", public_url="")
    written = Mail(to=JONAS, subject=mail.subject, text=mail.text, html=mail.html)
    answer = await MailSender(office.settings).send(written, number=0, at=office.clock.now())
    assert answer == "2.0.0 OK: queued as 42"
    (received,) = office.server.received
    assert "<script" not in content(received, "html")
    assert "&lt;script&gt;" in content(received, "html")
    assert content(received, "plain") == mail.text


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """TLS of a server with a certificate of its own and of a client that trusts it."""
    folder: Path = tmp_path_factory.mktemp("certificate")
    return tls_contexts(folder)


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_mail_goes_encrypted_with_a_login(
    settings: Settings, clock: FakeClock, contexts: tuple[ssl.SSLContext, ssl.SSLContext], security: str
) -> None:
    async with mail_server(tls=contexts[0], from_the_start=security == "tls") as server:
        used = mail_settings(settings, server, security=security, user="langelis")
        await MailSender(used, tls_context=contexts[1]).send(letter(), number=1, at=clock.now())
    assert server.logins == [(b"langelis", b"labai-slaptas")]
    assert server.encrypted == [True]


async def test_a_wrong_password_is_shown_and_tried_again_for_a_person_can_heal_it(
    settings: Settings, clock: FakeClock, contexts: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    async with mail_server(tls=contexts[0]) as server:
        server.password = b"kitas"
        used = mail_settings(settings, server, security="starttls", user="langelis")
        with pytest.raises(TemporaryFailure, match="535") as caught:
            await MailSender(used, tls_context=contexts[1]).send(letter(), number=1, at=clock.now())
    assert "labai-slaptas" not in str(caught.value)
    assert not server.received


async def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    settings: Settings, clock: FakeClock, contexts: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    async with mail_server(tls=contexts[0]) as server:
        used = mail_settings(settings, server, security="starttls", user="langelis")
        with pytest.raises(TemporaryFailure, match="certificate"):
            await MailSender(used).send(letter(), number=1, at=clock.now())
    assert server.logins == []


async def test_a_server_that_hides_its_encryption_gets_nothing(office: Office) -> None:
    used = replace(office.settings, smtp_security="starttls", smtp_user="langelis", smtp_password="labai-slaptas")
    with pytest.raises(TemporaryFailure):
        await MailSender(used).send(letter(), number=1, at=office.clock.now())
    assert (office.server.attempts, office.server.logins) == (0, [])


async def test_a_served_installation_sends_its_mails_by_itself(
    imported: Settings, engine: FakeEngine, clock: FakeClock
) -> None:
    async with mail_server() as server:
        core = build(mail_settings(imported, server), engine=engine, clock=clock)
        async with running(core):
            async with core.database.write() as session:
                await outbox.add(session, KIND, mail_body(letter()), clock.now())
            await until_true(lambda: bool(server.received))
    assert server.envelopes == [(SENDER, [JONAS])]


def test_no_mail_is_final_by_mistake() -> None:
    assert not issubclass(TemporaryFailure, PermanentFailure)
