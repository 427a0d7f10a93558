"""The tables. Migrations in `bot/storage/migrations` build exactly these; a test compares them."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; a naive moment is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "naive datetime"
            raise ValueError(msg)
        return value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware moment in UTC."""
        return None if value is None else value.replace(tzinfo=timezone.utc)


class Base(DeclarativeBase):
    """Declarative base of all tables."""

    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON}  # noqa: RUF012 - SQLAlchemy's own protocol


class ConversationRow(Base):
    """A conversation; `last_seq` is the number of its newest log row.

    From `operator_id` on: who owns it, what the queue must know, how far both sides have read, how it ended.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index("ix_conversations_owner", "owner"),
        Index("ix_conversations_updated", "updated_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    external_id: Mapped[str | None] = mapped_column(String(128))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    municipality: Mapped[str | None] = mapped_column(String(64))
    owner: Mapped[str] = mapped_column(String(16))
    last_seq: Mapped[int]
    masking_told: Mapped[bool]
    queue_told: Mapped[bool]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    operator_id: Mapped[str | None] = mapped_column(String(32))
    operator_name: Mapped[str | None] = mapped_column(String(80))
    department: Mapped[str | None] = mapped_column(Text)
    topic: Mapped[str | None] = mapped_column(Text)
    queued_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    read_seq: Mapped[int] = mapped_column(server_default="0")
    resident_read_seq: Mapped[int] = mapped_column(server_default="0")
    idle_asked_seq: Mapped[int | None]
    closed_reason: Mapped[str | None] = mapped_column(String(16))
    closed_topic: Mapped[str | None] = mapped_column(Text)
    closed_comment: Mapped[str | None] = mapped_column(Text)
    closed_at: Mapped[datetime | None]
    rating: Mapped[int | None]
    unreachable: Mapped[bool] = mapped_column(server_default=text("0"))


class MessageRow(Base):
    """One row of the log; rows are only ever added."""

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("conversation_id", "client_id"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    author: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    client_id: Mapped[str | None] = mapped_column(String(64))
    turn: Mapped[int | None]
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    nlu: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime]


class InboxRow(Base):
    """A stored resident's message that the bot has not answered yet."""

    __tablename__ = "inbox"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    received_at: Mapped[datetime]


class TrackerRow(Base):
    """Rasa's dialogue state of a conversation: derived data, the log is the truth."""

    __tablename__ = "trackers"

    conversation_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    state: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime]


class CopyTicketRow(Base):
    """A link that opens the resident's own copy of a conversation, once on each of two ways, until it expires."""

    __tablename__ = "copy_tickets"

    ticket_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    expires_at: Mapped[datetime]
    printed_at: Mapped[datetime | None]
    saved_at: Mapped[datetime | None]


class OutboxRow(Base):
    """Something that must leave over a network: at least once, never lost.

    What has a `lane` leaves in order: nothing of a lane overtakes what waits before it.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "state", "next_attempt_at"),
        Index("ix_outbox_lanes", "kind", "state", "lane", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(32))
    body: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int]
    next_attempt_at: Mapped[datetime]
    last_error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    lane: Mapped[str | None] = mapped_column(String(128))


class MunicipalityRow(Base):
    """An imported data pack: its municipality, mobile library and problem map as one document."""

    __tablename__ = "municipalities"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    document: Mapped[bytes] = mapped_column(LargeBinary)
    imported_at: Mapped[datetime]


class InstitutionRow(Base):
    """An institution of a data pack."""

    __tablename__ = "institutions"

    municipality_id: Mapped[str] = mapped_column(ForeignKey("municipalities.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int]
    document: Mapped[bytes] = mapped_column(LargeBinary)


class ServiceRow(Base):
    """A service of a data pack."""

    __tablename__ = "services"

    municipality_id: Mapped[str] = mapped_column(ForeignKey("municipalities.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    document: Mapped[bytes] = mapped_column(LargeBinary)


class CaseCounterRow(Base):
    """The last running number of a municipality's register in a year; taken in the transaction that files the case."""

    __tablename__ = "case_counters"

    municipality_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class CaseRow(Base):
    """A case; the contact stands in columns of its own, apart from the story."""

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("municipality_id", "year", "running"),
        Index("ix_cases_conversation", "conversation_id"),
        Index("ix_cases_state", "municipality_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    municipality_id: Mapped[str] = mapped_column(String(64))
    year: Mapped[int]
    running: Mapped[int]
    number: Mapped[str] = mapped_column(String(32), unique=True)
    draft: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    confirm_hash: Mapped[str | None] = mapped_column(String(64))
    filed_kind: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    institution_id: Mapped[str | None] = mapped_column(String(64))
    institution_text: Mapped[str | None] = mapped_column(Text)
    service_id: Mapped[str | None] = mapped_column(String(64))
    principle: Mapped[str | None] = mapped_column(Text)
    filed_about: Mapped[str | None] = mapped_column(Text)
    complained_about: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(Text)
    happened_on: Mapped[date | None]
    happened_text: Mapped[str | None] = mapped_column(Text)
    contact_name: Mapped[str | None] = mapped_column(Text)
    contact_email: Mapped[str | None] = mapped_column(String(254))
    contact_phone: Mapped[str | None] = mapped_column(String(32))
    identity: Mapped[str] = mapped_column(String(16))
    wants_reply: Mapped[bool]
    consent: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(16))
    conversation_id: Mapped[str | None] = mapped_column(String(32))
    text_digest: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime]
    receipt_day: Mapped[date]
    assigned_unit: Mapped[str | None] = mapped_column(Text)
    assigned_person: Mapped[str | None] = mapped_column(Text)
    assigned_email: Mapped[str | None] = mapped_column(String(254))
    closed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class CaseEventRow(Base):
    """One entry of a case's history; rows are only ever added, until retention empties their data."""

    __tablename__ = "case_events"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_name: Mapped[str | None] = mapped_column(Text)
    data: Mapped[dict[str, Any]]


class AttachmentRow(Base):
    """A file of a conversation, of a case, or of both; `path` is relative to the folder of attachments.

    `seq` is the row of the log that shows it, None until a message does.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        Index("ix_attachments_conversation", "conversation_id"),
        Index("ix_attachments_case", "case_id"),
        Index("ix_attachments_path", "path"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int | None]
    author: Mapped[str] = mapped_column(String(16))
    operator_id: Mapped[str | None] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(128))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    path: Mapped[str] = mapped_column(String(255))
    added_at: Mapped[datetime]


class GuessRow(Base):
    """Failed tries of an access code for one registration number, whether it exists or not."""

    __tablename__ = "guesses"

    number: Mapped[str] = mapped_column(String(32), primary_key=True)
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class OperatorRow(Base):
    """An account of the console; `changed_at` is when role, scope or `disabled_at` changed last."""

    __tablename__ = "operators"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    login: Mapped[str] = mapped_column(String(100), unique=True)
    display_name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(16))
    municipalities: Mapped[list[str]] = mapped_column(JSON)
    departments: Mapped[list[str]] = mapped_column(JSON)
    password_hash: Mapped[str] = mapped_column(Text)
    must_change_password: Mapped[bool]
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_pending: Mapped[str | None] = mapped_column(String(64))
    totp_last_step: Mapped[int | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class OperatorSessionRow(Base):
    """A sign-in: the browser holds the token, only its hash stands here."""

    __tablename__ = "operator_sessions"
    __table_args__ = (Index("ix_operator_sessions_operator", "operator_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    operator_id: Mapped[str] = mapped_column(ForeignKey("operators.id"))
    stage: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    user_agent: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(64))
    revoked_at: Mapped[datetime | None]


class SignInFailureRow(Base):
    """Failed sign-ins in a row for one key: a login's hash, a network address, an operator's codes."""

    __tablename__ = "sign_in_failures"

    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class AuditRow(Base):
    """Who did what; rows are only ever added: triggers of the migration refuse to change or remove any."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_at", "at"),
        Index("ix_audit_log_operator", "operator_id"),
        Index("ix_audit_log_object", "object_type", "object_id"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    # No foreign key: the log outlives whatever it speaks of.
    operator_id: Mapped[str | None] = mapped_column(String(32))
    operator_name: Mapped[str] = mapped_column(String(100))
    action: Mapped[str] = mapped_column(String(32))
    object_type: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[str | None] = mapped_column(String(64))
    municipality: Mapped[str | None] = mapped_column(String(64))
    address: Mapped[str | None] = mapped_column(String(64))
    data: Mapped[dict[str, Any]]


def table_of(row: type[Base]) -> Table:
    """Return the plain table: statements over it, built once at import, skip the object-relational layer's work."""
    found = row.__table__
    if not isinstance(found, Table):
        raise TypeError(row)
    return found
