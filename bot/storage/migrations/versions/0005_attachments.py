"""Keep files of conversations and of cases in one table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "attachments",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(length=16), nullable=False),
        sa.Column("operator_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=128), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=255), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_attachments_conversation", "attachments", ["conversation_id"], unique=False)
    op.create_index("ix_attachments_case", "attachments", ["case_id"], unique=False)
    op.create_index("ix_attachments_path", "attachments", ["path"], unique=False)
    # Nothing wrote into the old table yet, but what another hand put there is a file of a case all the same.
    op.execute(
        "INSERT INTO attachments (id, case_id, author, name, media_type, size_bytes, sha256, path, added_at) "
        "SELECT lower(hex(randomblob(16))), case_id, 'resident', name, media_type, size_bytes, sha256, path, added_at "
        "FROM case_attachments"
    )
    op.drop_table("case_attachments")


def downgrade() -> None:
    """Undo the change; files that belong to no case stay in the folder and are tidied away."""
    op.create_table(
        "case_attachments",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=128), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=255), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute(
        "INSERT INTO case_attachments (case_id, name, media_type, size_bytes, sha256, path, added_at) "
        "SELECT case_id, name, media_type, size_bytes, sha256, path, added_at FROM attachments "
        "WHERE case_id IS NOT NULL"
    )
    op.drop_table("attachments")
