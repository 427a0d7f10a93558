"""Mails: what one is, how it lies in the outbox, and how it is handed to the mail server."""

from __future__ import annotations

import asyncio
import ssl
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from email.message import EmailMessage
from email.utils import format_datetime

import aiosmtplib
import msgspec

from bot.core.mail_address import ascii_address
from bot.services.outbox import PermanentFailure, SendingError, TemporaryFailure
from bot.settings import Settings
from bot.storage.outbox import Parcel

KIND = "email"
"""The outbox rows that are mails."""

_QUIT_SECONDS = 5.0
# RFC 4954 and 3207: "authentication required", "issue STARTTLS first": the settings are wrong, not this mail.
_NOT_THE_MAILS_FAULT = 530
# RFC 5322 2.1.1: a line has at most 998 characters; a subject near that is no subject.
_LONGEST_SUBJECT = 900


class UnsendableMailError(PermanentFailure):
    """No server could send this: a malformed address, or a subject with more than one line."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Mail:
    """One mail to one recipient. Raises `UnsendableMailError`; not shown in logs, for it has no representation."""

    to: str
    subject: str
    text: str
    html: str | None
    reply_to: str | None = None

    def __post_init__(self) -> None:
        """Refuse what could forge a header: an address that is none and a subject that ends its line."""
        _wire_address(self.to)
        if self.reply_to is not None:
            _wire_address(self.reply_to)
        if not self.subject.strip() or len(self.subject) > _LONGEST_SUBJECT or not _is_one_line(self.subject):
            raise UnsendableMailError("the subject is empty, too long or more than one line")
        if any(unicodedata.category(character) == "Cs" for character in f"{self.text}{self.html}"):
            raise UnsendableMailError("the text is not valid Unicode")


def mail_body(mail: Mail) -> dict[str, object]:
    """Return the body of the mail's outbox row."""
    return asdict(mail)


def mail_of(body: Mapping[str, object]) -> Mail:
    """Return the mail of an outbox row. Raises `UnsendableMailError`."""
    try:
        return msgspec.convert(body, Mail)
    except msgspec.ValidationError as error:
        raise UnsendableMailError(f"the outbox row is no mail: {error}") from error


def message_of(mail: Mail, *, sender: str, number: int, at: datetime) -> EmailMessage:
    """Return the message: the same number and moment make the same Message-ID, so a second copy is recognised."""
    sender = _wire_address(sender)
    message = EmailMessage()
    message["From"] = sender
    message["To"] = _wire_address(mail.to)
    if mail.reply_to is not None:
        message["Reply-To"] = _wire_address(mail.reply_to)
    message["Subject"] = mail.subject
    moment = at.astimezone(timezone.utc)
    message["Date"] = format_datetime(moment)
    # The moment too: a second installation with the same sender also counts from 1.
    message["Message-ID"] = f"<{moment:%Y%m%d%H%M%S%f}.{number}.langelis@{sender.rpartition('@')[2]}>"
    # RFC 3834 5.1: so that no out-of-office answer comes back.
    message["Auto-Submitted"] = "auto-generated"
    # Quoted-printable is plain ASCII: no server on the way has to change it.
    message.set_content(mail.text, charset="utf-8", cte="quoted-printable")
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html", charset="utf-8", cte="quoted-printable")
    return message


class MailSender:
    """Hands mails to the mail server of the settings, one connection each."""

    def __init__(self, settings: Settings, *, tls_context: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._tls_context = tls_context

    async def __call__(self, parcel: Parcel) -> None:
        """Send the mail of an outbox row. Raises `PermanentFailure` or `TemporaryFailure`."""
        await self.send(mail_of(parcel.body), number=parcel.id, at=parcel.created_at)

    async def send(self, mail: Mail, *, number: int, at: datetime) -> str:
        """Send a mail and return what the server said to it. Raises `PermanentFailure` or `TemporaryFailure`."""
        message = message_of(mail, sender=self._settings.smtp_from, number=number, at=at)
        client, seconds = self._client(), self._settings.smtp_timeout_seconds
        try:
            # The client's own limit is per step; a server that answers each step late would hold the others up.
            answer = await asyncio.wait_for(_hand_over(client, message), seconds)
            # The mail is accepted: whatever happens to the farewell, it must not be sent again for that.
            with suppress(aiosmtplib.SMTPException, OSError, asyncio.TimeoutError):
                await asyncio.wait_for(client.quit(), min(seconds, _QUIT_SECONDS))
        except asyncio.TimeoutError as error:
            raise TemporaryFailure(f"no answer from the mail server within {seconds} s") from error
        except (aiosmtplib.SMTPException, OSError, UnicodeError) as error:  # UnicodeError: of the host's name
            raise _failure(error) from error
        finally:
            client.close()
        return answer

    def _client(self) -> aiosmtplib.SMTP:
        settings = self._settings
        return aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            username=settings.smtp_user or None,
            password=settings.smtp_password if settings.smtp_user else None,
            timeout=settings.smtp_timeout_seconds,
            use_tls=settings.smtp_security == "tls",
            # True, not None: a server that hides STARTTLS must not talk us into sending in the clear.
            start_tls=settings.smtp_security == "starttls",
            tls_context=self._tls_context,
        )


async def _hand_over(client: aiosmtplib.SMTP, message: EmailMessage) -> str:
    await client.connect()
    _, answer = await client.send_message(message)
    return answer


def _failure(error: Exception) -> SendingError:
    """Return the failure: final only when the server refuses this mail, its sender or its recipient for good."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        error = error.recipients[0]
    if not isinstance(error, aiosmtplib.SMTPResponseException):
        return TemporaryFailure(_one_line(f"{type(error).__name__}: {error}"))
    refusals = (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPDataError)
    final = isinstance(error, refusals) and 500 <= error.code < 600 and error.code != _NOT_THE_MAILS_FAULT
    return (PermanentFailure if final else TemporaryFailure)(
        _one_line(f"{error.code} {error.message}"), code=error.code
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _wire_address(address: str) -> str:
    written = ascii_address(address)
    if written is None:
        raise UnsendableMailError("malformed e-mail address")
    return written


def _is_one_line(text: str) -> bool:
    return not any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in text)
