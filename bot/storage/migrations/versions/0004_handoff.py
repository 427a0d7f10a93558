"""Add what the console needs: owners and waits, notes, canned replies, tasks, presence, events, search."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.nlu.search_words import search_words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# The full-text table holds no text of its own; triggers keep it in step with `message_words` in every transaction.
_SEARCH = (
    "CREATE VIRTUAL TABLE message_search USING fts5"
    "(words, content='message_words', content_rowid='id', tokenize='ascii', detail='none')",
    "CREATE TRIGGER message_words_added AFTER INSERT ON message_words "
    "BEGIN INSERT INTO message_search (rowid, words) VALUES (NEW.id, NEW.words); END",
    "CREATE TRIGGER message_words_removed AFTER DELETE ON message_words "
    "BEGIN INSERT INTO message_search (message_search, rowid, words) VALUES ('delete', OLD.id, OLD.words); END",
)


def _columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("operator_id", sa.String(length=32), nullable=True),
        sa.Column("operator_name", sa.String(length=80), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("resident_read_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("idle_asked_seq", sa.Integer(), nullable=True),
        sa.Column("closed_reason", sa.String(length=16), nullable=True),
        sa.Column("closed_topic", sa.Text(), nullable=True),
        sa.Column("closed_comment", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("unreachable", sa.Boolean(), server_default=sa.text("0"), nullable=False),
    )


def upgrade() -> None:
    """Apply the change."""
    for column in _columns():
        op.add_column("conversations", column)
    op.create_index("ix_conversations_owner", "conversations", ["owner"], unique=False)
    op.create_index("ix_conversations_updated", "conversations", ["updated_at"], unique=False)
    _create_tables()
    _create_search()


def _create_tables() -> None:
    op.create_table(
        "handoffs",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("operator_id", sa.String(length=32), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_handoffs_conversation", "handoffs", ["conversation_id"], unique=False)
    op.create_index("ix_handoffs_picks", "handoffs", ["municipality", "how", "ended_at"], unique=False)
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("after_seq", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.String(length=32), nullable=False),
        sa.Column("operator_name", sa.String(length=80), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("operator_id", "client_id"),
    )
    op.create_index("ix_notes_conversation", "notes", ["conversation_id"], unique=False)
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=True),
        sa.Column("shortcut", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_canned_replies_municipality", "canned_replies", ["municipality"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("best_time", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("operator_id", sa.String(length=32), nullable=True),
        sa.Column("operator_name", sa.String(length=80), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_tasks_state", "tasks", ["state", "due"], unique=False)
    op.create_index("ix_tasks_conversation", "tasks", ["conversation_id"], unique=False)
    op.create_table(
        "presence",
        sa.Column("operator_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("operator_id"),
    )
    op.create_table(
        "desk_events",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.Column("municipality", sa.String(length=64), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )


def _create_search() -> None:
    op.create_table(
        "message_words",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("conversation_id", "seq"),
    )
    for statement in _SEARCH:
        op.execute(statement)
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT conversation_id, seq, text FROM messages ORDER BY created_at, seq"))
    insert = sa.text("INSERT INTO message_words (conversation_id, seq, words) VALUES (:conversation, :seq, :words)")
    for row in rows.all():
        values = {"conversation": row.conversation_id, "seq": row.seq, "words": search_words(row.text)}
        connection.execute(insert, values)


def downgrade() -> None:
    """Undo the change."""
    # Its triggers go with `message_words`, SQLite's own tables with `message_search`.
    for table in ("message_words", "message_search"):
        op.drop_table(table)
    for table in ("desk_events", "presence", "tasks", "canned_replies", "notes", "handoffs"):
        op.drop_table(table)
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.drop_index("ix_conversations_owner")
        batch_op.drop_index("ix_conversations_updated")
        for column in reversed(_columns()):
            batch_op.drop_column(column.name)
