"""A real mail server in the test's own loop, and a certificate for it."""

from __future__ import annotations

import asyncio
import ssl
import warnings
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"


class MailServer:
    """Takes mails. It answers an attempt's recipient or data with the next of `answers`, and hangs for some."""

    def __init__(self) -> None:
        self.port = 0
        self.received: list[EmailMessage] = []
        self.envelopes: list[tuple[str | None, list[str]]] = []
        self.attempts = 0
        self.at_recipient: dict[str, str] = {}
        self.at_sender: str | None = None
        self.at_data: deque[str] = deque()
        self.hangs_for: set[str] = set()
        self.silent_at_quit = False
        self.logins: list[tuple[bytes, bytes]] = []
        self.password = b"labai-slaptas"
        self.encrypted: list[bool] = []
        self._never = asyncio.Event()

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse the sender."""
        self.attempts += 1
        if self.at_sender is not None:
            return self.at_sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take or refuse the recipient, or say nothing at all."""
        if address in self.hangs_for:
            await self._never.wait()
        if address in self.at_recipient:
            return self.at_recipient[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take or refuse the mail."""
        if self.at_data:
            return self.at_data.popleft()
        assert isinstance(envelope.content, bytes)
        read = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(read, EmailMessage)
        self.received.append(read)
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        assert server.transport is not None
        self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        return "250 2.0.0 OK: queued as 42"

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Say goodbye, or nothing at all."""
        if self.silent_at_quit:
            await self._never.wait()
        return "221 Bye"

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object
    ) -> AuthResult:
        """Check a login."""
        assert isinstance(given, LoginPassword)
        self.logins.append((given.login, given.password))
        right = given.password == self.password
        return AuthResult(success=right, handled=False)


@asynccontextmanager
async def mail_server(*, tls: ssl.SSLContext | None = None, from_the_start: bool = False) -> AsyncIterator[MailServer]:
    """Serve on a free port; with a TLS context the server wants encryption and a login."""
    mail = MailServer()

    def protocol() -> SMTP:
        with warnings.catch_warnings():
            # aiosmtpd does not know that the connection is encrypted from the start.
            warnings.simplefilter("ignore", UserWarning)
            return SMTP(
                mail,
                hostname="localhost",
                tls_context=None if from_the_start else tls,
                require_starttls=tls is not None and not from_the_start,
                auth_required=tls is not None,
                auth_require_tls=not from_the_start,
                authenticator=mail.authenticate,
                loop=asyncio.get_running_loop(),
            )

    serving = await asyncio.get_running_loop().create_server(protocol, HOST, 0, ssl=tls if from_the_start else None)
    mail.port = serving.sockets[0].getsockname()[1]
    try:
        yield mail
    finally:
        serving.close()
        await serving.wait_closed()


def tls_contexts(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return the contexts of a server with a new certificate and of a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cafile=str(file))
