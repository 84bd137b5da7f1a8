"""Lists of who received a subsidy: published ones with their masked rows, drafts, and how long one
is shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_REASONS = ("period_over", "mistake", "objection", "too_much")
_STATES = ("drafted", "sent_back", "released", "dropped")


def upgrade() -> None:
    op.add_column(
        "campaign", sa.Column("distributions", sa.JSON(), nullable=False, server_default="{}")
    )
    op.create_table(
        "distribution",
        sa.Column("number", sa.String(20), primary_key=True),
        sa.Column("policy_code", sa.String(20), sa.ForeignKey("policy.code"), nullable=False),
        sa.Column("place_code", sa.String(20), sa.ForeignKey("place.code"), nullable=False),
        sa.Column("paid_from", sa.Date(), nullable=False),
        sa.Column("paid_to", sa.Date(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("telephone", sa.String(40), nullable=False),
        sa.Column("sums_only", sa.Boolean(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer()),
        sa.Column("amount", sa.Numeric(14, 2)),
        sa.Column("shown_from", sa.Date(), nullable=False),
        sa.Column("shown_until", sa.Date(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_down_on", sa.Date()),
        sa.Column("taken_down_because", _choice("takendown", _REASONS)),
        sa.Column("erased_at", sa.DateTime(timezone=True)),
        sa.Column("sample", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_distribution_shown_until", "distribution", ["shown_until"])
    op.create_table(
        "distribution_row",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "distribution_number",
            sa.String(20),
            sa.ForeignKey("distribution.number"),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("community_code", sa.String(20), sa.ForeignKey("place.code")),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(200), nullable=False),
        sa.Column("amount", sa.Numeric(14, 2), nullable=False),
        sa.UniqueConstraint("distribution_number", "position"),
    )
    op.create_index("ix_distribution_row_name", "distribution_row", ["name"])
    _draft()


def _draft() -> None:
    op.create_table(
        "distribution_draft",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("number", sa.String(20), nullable=False, unique=True),
        sa.Column("policy_code", sa.String(20), sa.ForeignKey("policy.code"), nullable=False),
        sa.Column("place_code", sa.String(20), sa.ForeignKey("place.code"), nullable=False),
        sa.Column("sums_only", sa.Boolean(), nullable=False),
        sa.Column("state", _choice("liststate", _STATES), nullable=False),
        sa.Column("drafted_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("released_at", sa.DateTime(timezone=True)),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("distribution_draft")
    op.drop_table("distribution_row")
    op.drop_table("distribution")
    with op.batch_alter_table("campaign") as batch:
        batch.drop_column("distributions")


def _choice(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
