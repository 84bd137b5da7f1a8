"""Files that belong to a case; each lies sealed in the store, under an opaque name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id")),
        sa.Column("stored", sa.String(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_attachment_case_id_id", "attachment", ["case_id", "id"])
    op.create_index("ix_attachment_stored", "attachment", ["stored"])


def downgrade() -> None:
    op.drop_table("attachment")
