"""The figures of ended months: drafts at the publishing desk, and what the public reads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "month_figures",
        sa.Column("month", sa.Date, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("kept", sa.JSON(none_as_null=True)),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "figures_change",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("month", sa.Date, sa.ForeignKey("month_figures.month"), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.UniqueConstraint("month", "revision", "withdrawn"),
    )
    op.create_table(
        "figures_draft",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *("drafted", "sent_back", "released"),
                name="draftstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("kept", sa.JSON, nullable=False),
        sa.Column("prepared_by", sa.Integer, sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Integer, sa.ForeignKey("staff.id")),
        sa.Column("released_at", sa.DateTime(timezone=True)),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("version", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    for table in ("figures_draft", "figures_change", "month_figures"):
        op.drop_table(table)
