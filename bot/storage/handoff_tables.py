"""The tables of the console: waits, notes, canned replies, tasks, presence, events, and the words of the search."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base


class HandoffRow(Base):
    """One wait in the queue; `ended_at` is None while it lasts."""

    __tablename__ = "handoffs"
    __table_args__ = (
        Index("ix_handoffs_conversation", "conversation_id"),
        Index("ix_handoffs_picks", "municipality", "how", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    municipality: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(24))
    queued_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    operator_id: Mapped[str | None] = mapped_column(String(32))
    ended_at: Mapped[datetime | None]
    how: Mapped[str | None] = mapped_column(String(16))


class NoteRow(Base):
    """What operators tell each other about a conversation; never shown to residents."""

    __tablename__ = "notes"
    __table_args__ = (
        UniqueConstraint("operator_id", "client_id"),
        Index("ix_notes_conversation", "conversation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    after_seq: Mapped[int]
    operator_id: Mapped[str] = mapped_column(String(32))
    operator_name: Mapped[str] = mapped_column(String(80))
    client_id: Mapped[str | None] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class CannedReplyRow(Base):
    """A prepared reply of a municipality, or of all (`municipality` None)."""

    __tablename__ = "canned_replies"
    __table_args__ = (Index("ix_canned_replies_municipality", "municipality"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    municipality: Mapped[str | None] = mapped_column(String(64))
    shortcut: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime]


class TaskRow(Base):
    """A call-back or a message that a resident left while nobody was there."""

    __tablename__ = "tasks"
    __table_args__ = (Index("ix_tasks_state", "state", "due"), Index("ix_tasks_conversation", "conversation_id"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(16))
    municipality: Mapped[str] = mapped_column(String(64))
    conversation_id: Mapped[str | None] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    best_time: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    due: Mapped[date]
    state: Mapped[str] = mapped_column(String(8))
    operator_id: Mapped[str | None] = mapped_column(String(32))
    operator_name: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class PresenceRow(Base):
    """Where an operator is: here, paused or away."""

    __tablename__ = "presence"

    operator_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    state: Mapped[str] = mapped_column(String(8))
    seen_at: Mapped[datetime]


class DeskEventRow(Base):
    """Something that consoles must know, in one sequence over all; written in the transaction of what it tells.

    It only points at what happened and holds no words of anybody.
    """

    __tablename__ = "desk_events"
    __table_args__ = ({"sqlite_autoincrement": True},)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(16))
    conversation_id: Mapped[str | None] = mapped_column(String(32))
    municipality: Mapped[str | None] = mapped_column(String(64))
    department: Mapped[str | None] = mapped_column(Text)
    body: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class MessageWordsRow(Base):
    """The folded words and stems of a row of the log, indexed by the full-text table `message_search`."""

    __tablename__ = "message_words"
    __table_args__ = (UniqueConstraint("conversation_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(String(32))
    seq: Mapped[int]
    words: Mapped[str] = mapped_column(Text)


SEARCH_TABLE = "message_search"
"""An FTS5 table over `message_words`, kept by triggers; SQLite's own, so it stands in the migration only."""

metadata = Base.metadata
"""Of all tables: importing it from here means that all are known."""
