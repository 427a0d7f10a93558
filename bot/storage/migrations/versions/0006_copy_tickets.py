"""Create the links that open a resident's own copy of a conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "copy_tickets",
        sa.Column("ticket_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"]),
        sa.PrimaryKeyConstraint("ticket_hash"),
    )
    op.create_index("ix_copy_tickets_conversation_id", "copy_tickets", ["conversation_id"])


def downgrade() -> None:
    """Undo the change."""
    op.drop_index("ix_copy_tickets_conversation_id", table_name="copy_tickets")
    op.drop_table("copy_tickets")
