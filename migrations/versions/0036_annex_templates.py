"""The templates of the annexes, in the office's hands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    annex = sa.Enum(
        *("statistics", "problems"),
        name="annex",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.create_table(
        "annex_template",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("annex", annex, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("foot", sa.String(120), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("written_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("annex", "revision"),
    )


def downgrade() -> None:
    op.drop_table("annex_template")
