"""The audit log's words: who did what with what, and how the log is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class AuditAction(Enum):
    """What is written down. Add as needed; entries are kept for ever, so never rename or reuse one."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SESSION_REVOKED = "session_revoked"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - an action, no password
    PASSWORD_RESET = "password_reset"  # noqa: S105 - an action, no password
    TOTP_ENABLED = "totp_enabled"
    TOTP_REMOVED = "totp_removed"
    OPERATOR_ADDED = "operator_added"
    OPERATOR_CHANGED = "operator_changed"
    OPERATOR_DISABLED = "operator_disabled"
    OPERATOR_ENABLED = "operator_enabled"
    AUDIT_READ = "audit_read"
    CONVERSATION_READ = "conversation_read"
    CONVERSATION_TRANSFERRED = "conversation_transferred"
    CASE_READ = "case_read"
    CASE_CHANGED = "case_changed"
    SEARCHED = "searched"
    EXPORTED = "exported"
    SETTINGS_CHANGED = "settings_changed"


class AuditObject(Enum):
    """What something was done with."""

    OPERATOR = "operator"
    SESSION = "session"
    CONVERSATION = "conversation"
    CASE = "case"
    AUDIT_LOG = "audit_log"
    REGISTER = "register"
    SETTING = "setting"
    CANNED_REPLY = "canned_reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who did it: an operator from a network address, or neither (the command line, an unknown login)."""

    operator_id: str | None
    name: str
    address: str | None = None


COMMAND_LINE = Actor(operator_id=None, name="langelis operator")
"""Whoever may run commands on the server; named by the command itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """An entry to be written. `data` holds ids, counts and names of fields, never what people wrote."""

    action: AuditAction
    object_type: AuditObject
    object_id: str | None = None
    municipality: str | None = None
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """An entry as it stands in the log; numbers have no gaps, so that one that went missing shows.

    `action` and `object_type` are the values of the enums above, or of ones that an older version had.
    """

    seq: int
    at: datetime
    operator_id: str | None
    operator_name: str
    action: str
    object_type: str
    object_id: str | None
    municipality: str | None
    address: str | None
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which entries are asked for; None = any. `until` is the first moment that no longer counts.

    `municipalities` and `colleagues` bound what the reader may see at all: entries of these municipalities, and those
    without any that these operators caused.
    """

    since: datetime | None = None
    until: datetime | None = None
    operator_id: str | None = None
    action: str | None = None
    object_type: str | None = None
    object_id: str | None = None
    municipality: str | None = None
    municipalities: frozenset[str] | None = None
    colleagues: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Entries, newest first; `next_before` is the number to go on with, None at the end."""

    entries: tuple[AuditEntry, ...]
    next_before: int | None
