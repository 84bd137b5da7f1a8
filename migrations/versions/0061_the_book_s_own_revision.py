"""A revision of the book's own, which a published result doesn't count on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(
            sa.Column("book_revision", sa.Integer(), nullable=False, server_default="1")
        )
    op.execute("UPDATE campaign SET book_revision = revision")
    with op.batch_alter_table("campaign") as batch:
        batch.alter_column("book_revision", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.drop_column("book_revision")
