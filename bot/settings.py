"""Settings: environment variables `LANGELIS_*`, each named once, with its default and meaning."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.core.mail_address import ascii_address
from bot.errors import SettingsError

PREFIX = "LANGELIS_"
PROJECT_ROOT = Path(__file__).resolve().parent.parent
_LONGEST_NUMBER = 9
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LONGEST_RETENTION = 36500
"""A hundred years in days; more cannot be meant, and dates end somewhere."""


def _setting(default: object, meaning: str, *, secret: bool = False) -> Any:  # noqa: ANN401 - dataclasses' own type
    return dataclass_field(default=default, repr=not secret, metadata={"meaning": meaning, "secret": secret})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One field per setting; the field `port` is read from `LANGELIS_PORT`."""

    host: str = _setting("127.0.0.1", "Address to listen on.")
    port: int = _setting(8080, "TCP port to listen on; 0 takes a free one.")
    database_url: str = _setting(
        "sqlite:///var/langelis.db", "Database: sqlite:///PATH, relative to the project folder."
    )
    models_dir: Path = _setting(Path("models"), "Folder of trained models.")
    attachments_dir: Path = _setting(
        Path("var/attachments"), "Folder of files that residents and operators send; never below a web server's folder."
    )
    packs_dir: Path = _setting(Path("nlu_data/municipalities"), "Folder of data packs, one folder each.")
    allowed_origins: str = _setting(
        "",
        "Further origins that may embed the widget, separated by commas; the municipalities' own websites may already.",
    )
    trust_proxy: bool = _setting(
        False, "Take the resident's address from X-Forwarded-For; only behind a reverse proxy."
    )
    rest_token: str = _setting(
        "",
        "When set, the REST webhook wants it as ?token=… or as a Bearer token.",
        secret=True,
    )
    token_messages_per_minute: int = _setting(30, "Messages a minute from one conversation or REST sender.")
    address_messages_per_minute: int = _setting(600, "Messages a minute from one network address.")
    reply_timeout_seconds: int = _setting(60, "How long a REST request waits for the bot's answer.")
    catalogue_poll_seconds: int = _setting(5, "How often a running server looks for a newly imported catalogue.")
    public_url: str = _setting(
        "", "Base address of this installation for links, e.g. https://langelis.example.lt; empty: no links."
    )
    smtp_host: str = _setting("", "Mail server to send through; empty: mail is off and waits in the outbox.")
    smtp_port: int = _setting(587, "TCP port of the mail server.")
    smtp_user: str = _setting("", "User name at the mail server; empty: no login.")
    smtp_password: str = _setting("", "Password at the mail server.", secret=True)
    smtp_security: str = _setting("starttls", "starttls, tls (encrypted from the start, port 465) or none.")
    smtp_from: str = _setting("", "Address that mails are sent from; required when LANGELIS_SMTP_HOST is set.")
    smtp_timeout_seconds: int = _setting(30, "How long sending one mail may take before it is tried again later.")
    telegram_token: str = _setting(
        "", "Token of the Telegram bot for all municipalities; empty: no such bot.", secret=True
    )
    telegram_tokens: str = _setting(
        "",
        "Tokens of Telegram bots for one municipality each: trakai=TOKEN,varena=TOKEN.",
        secret=True,
    )
    telegram_mode: str = _setting(
        "polling", "polling (no public address needed) or webhook (LANGELIS_PUBLIC_URL must lead here)."
    )
    telegram_webhook_secret: str = _setting(
        "", "What Telegram sends with each update in webhook mode: 1 to 256 of A-Z a-z 0-9 _ -.", secret=True
    )
    telegram_api_url: str = _setting("https://api.telegram.org", "Base address of the Bot API.")
    telegram_poll_seconds: int = _setting(30, "How long one request for updates waits for something to come.")
    telegram_timeout_seconds: int = _setting(30, "How long the Bot API may take to answer any other request.")
    operator_away_seconds: int = _setting(
        90, "Seconds without a sign of life after which an operator's conversations go back to the queue."
    )
    resident_idle_minutes: int = _setting(
        30, "Minutes of silence after which a resident who talks with a person is asked whether they are still there."
    )
    log_level: str = _setting("INFO", "DEBUG, INFO, WARNING or ERROR.")
    log_json: bool = _setting(False, "Write the log as JSON lines.")
    retention_chat_days: int = _setting(30, "Days that a chat without a case is kept after its last message.")
    retention_case_days: int = _setting(1825, "Days that a case's texts and contacts are kept after it was closed.")
    retention_case_contact_days: int = _setting(365, "Days that a case's contact is kept after it was closed.")
    retention_draft_hours: int = _setting(24, "Hours that a complaint that was begun and not filed is kept.")
    retention_outbox_days: int = _setting(30, "Days that the recipient and text of a mail are kept after it was sent.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from the environment and `.env`; the environment wins."""
        if environment is None:
            written = {key: value for key, value in dotenv_values(PROJECT_ROOT / ".env").items() if value is not None}
            environment = {**written, **os.environ}
        kinds = get_type_hints(cls)
        values: dict[str, Any] = {
            field.name: _parse(variable(field.name), environment[variable(field.name)], kinds[field.name])
            for field in fields(cls)
            if variable(field.name) in environment
        }
        settings = cls(**values)
        _refuse_unusable(settings)
        _refuse_unusable_retention(settings)
        return settings


def variable(name: str) -> str:
    """Return the environment variable of a field."""
    return PREFIX + name.upper()


def project_path(path: Path) -> Path:
    """Return the path, relative ones taken from the project's folder."""
    return path if path.is_absolute() else PROJECT_ROOT / path


def _parse(name: str, text: str, kind: type) -> object:
    if kind is bool:
        if text.lower() not in {"true", "false", "1", "0", "yes", "no"}:
            raise SettingsError(f"{name}={text!r}: expected true or false")
        return text.lower() in {"true", "1", "yes"}
    if kind is int:
        if not text.isdecimal() or len(text) > _LONGEST_NUMBER:
            raise SettingsError(f"{name}={text!r}: expected a whole number")
        return int(text)
    return Path(text) if kind is Path else text


def _refuse_unusable(settings: Settings) -> None:
    if settings.port > 65535:
        raise SettingsError(f"LANGELIS_PORT={settings.port}: expected at most 65535")
    if settings.log_level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise SettingsError(f"LANGELIS_LOG_LEVEL={settings.log_level!r}: expected DEBUG, INFO, WARNING or ERROR")
    if project_path(settings.attachments_dir).resolve().is_relative_to(PROJECT_ROOT / "channels"):
        raise SettingsError("LANGELIS_ATTACHMENTS_DIR: expected a folder that no web server shows")
    if not settings.database_url.removeprefix("sqlite:///") or not settings.database_url.startswith("sqlite:///"):
        raise SettingsError("LANGELIS_DATABASE_URL: expected sqlite:///PATH")
    for name in (
        "token_messages_per_minute",
        "address_messages_per_minute",
        "reply_timeout_seconds",
        "catalogue_poll_seconds",
        "smtp_timeout_seconds",
        "telegram_poll_seconds",
        "telegram_timeout_seconds",
        "operator_away_seconds",
        "resident_idle_minutes",
    ):
        if getattr(settings, name) < 1:
            raise SettingsError(f"{variable(name)}: expected at least 1")
    _refuse_unusable_mail(settings)
    _refuse_unusable_telegram(settings)


def _refuse_unusable_mail(settings: Settings) -> None:
    if not 0 < settings.smtp_port <= 65535:
        raise SettingsError(f"LANGELIS_SMTP_PORT={settings.smtp_port}: expected 1 to 65535")
    if settings.smtp_security not in {"starttls", "tls", "none"}:
        raise SettingsError(f"LANGELIS_SMTP_SECURITY={settings.smtp_security!r}: expected starttls, tls or none")
    if settings.smtp_host and not settings.smtp_from:
        raise SettingsError("LANGELIS_SMTP_FROM: required when LANGELIS_SMTP_HOST is set")
    if settings.smtp_from and ascii_address(settings.smtp_from) is None:
        raise SettingsError(f"LANGELIS_SMTP_FROM={settings.smtp_from!r}: expected a plain address, name@example.lt")
    if settings.public_url and not _is_base_address(settings.public_url):
        raise SettingsError(f"LANGELIS_PUBLIC_URL={settings.public_url!r}: expected https://HOST without a final slash")


def _refuse_unusable_telegram(settings: Settings) -> None:
    telegram_bots(settings)
    if settings.telegram_mode not in {"polling", "webhook"}:
        raise SettingsError(f"LANGELIS_TELEGRAM_MODE={settings.telegram_mode!r}: expected polling or webhook")
    if not _is_base_address(settings.telegram_api_url):
        raise SettingsError("LANGELIS_TELEGRAM_API_URL: expected https://HOST without a final slash")
    if settings.telegram_mode == "webhook" and telegram_bots(settings):
        if not settings.public_url:
            raise SettingsError("LANGELIS_PUBLIC_URL: required when LANGELIS_TELEGRAM_MODE is webhook")
        if not _WEBHOOK_SECRET.fullmatch(settings.telegram_webhook_secret):
            raise SettingsError("LANGELIS_TELEGRAM_WEBHOOK_SECRET: expected 1 to 256 of A-Z a-z 0-9 _ -")


def telegram_bots(settings: Settings) -> dict[str | None, str]:
    """Return the tokens by municipality, None for the bot of all. Raises `SettingsError` without the tokens in it."""
    bots: dict[str | None, str] = {None: settings.telegram_token.strip()} if settings.telegram_token.strip() else {}
    for place, entry in enumerate(filter(str.strip, settings.telegram_tokens.split(",")), start=1):
        municipality, _, token = (part.strip() for part in entry.partition("="))
        if not municipality or not token or municipality in bots:
            raise SettingsError(f"LANGELIS_TELEGRAM_TOKENS: entry {place} is not MUNICIPALITY=TOKEN, or comes twice")
        bots[municipality] = token
    if len(set(bots.values())) < len(bots):
        raise SettingsError("LANGELIS_TELEGRAM_TOKENS: one token stands for two bots")
    return bots


def _is_base_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = url.isprintable() and " " not in url and not url.endswith("/") and "?" not in url and "#" not in url
    return plain and parts.scheme in {"http", "https"} and bool(parts.hostname)


def _refuse_unusable_retention(settings: Settings) -> None:
    for name in (field.name for field in fields(settings) if field.name.startswith("retention_")):
        if not 1 <= getattr(settings, name) <= _LONGEST_RETENTION:
            raise SettingsError(f"{variable(name)}: expected 1 to {_LONGEST_RETENTION}")


def described(settings: Settings) -> tuple[tuple[str, str, str], ...]:
    """Return (variable, value, meaning) of every setting, secrets hidden."""
    return tuple(
        (
            variable(field.name),
            _shown(getattr(settings, field.name), field.metadata["secret"]),
            field.metadata["meaning"],
        )
        for field in fields(settings)
    )


def _shown(value: object, secret: bool) -> str:
    if secret:
        return "(set)" if value else "(not set)"
    return str(value).lower() if isinstance(value, bool) else str(value)
