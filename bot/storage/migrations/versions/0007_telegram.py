"""Add what Telegram needs: updates, chats, messages, codes, and lanes of the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.add_column("outbox", sa.Column("lane", sa.String(length=128), nullable=True))
    op.create_index("ix_outbox_lanes", "outbox", ["kind", "state", "lane", "id"], unique=False)
    op.create_table(
        "telegram_updates",
        sa.Column("bot", sa.String(length=64), nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("bot", "update_id"),
    )
    op.create_index(
        "ix_telegram_updates_waiting", "telegram_updates", ["done_at", "bot", "chat", "update_id"], unique=False
    )
    _create_chats()
    op.create_table(
        "telegram_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"]),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_index("ix_telegram_codes_conversation", "telegram_codes", ["conversation_id"], unique=False)


def _create_chats() -> None:
    op.create_table(
        "telegram_chats",
        sa.Column("bot", sa.String(length=64), nullable=False),
        sa.Column("chat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"]),
        sa.PrimaryKeyConstraint("bot", "chat"),
        sa.UniqueConstraint("conversation_id"),
    )
    op.create_table(
        "telegram_messages",
        sa.Column("bot", sa.String(length=64), nullable=False),
        sa.Column("chat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("pressed", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"]),
        sa.PrimaryKeyConstraint("bot", "chat", "message_id"),
    )
    op.create_index("ix_telegram_messages_row", "telegram_messages", ["conversation_id", "seq"], unique=False)


def downgrade() -> None:
    """Undo the change."""
    for table in ("telegram_codes", "telegram_messages", "telegram_chats", "telegram_updates"):
        op.drop_table(table)
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_lanes")
        batch_op.drop_column("lane")
