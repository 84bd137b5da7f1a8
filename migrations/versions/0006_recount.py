"""How far the counting again of dates is, after the calendar changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recount",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("done_to", sa.Integer(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("recount")
