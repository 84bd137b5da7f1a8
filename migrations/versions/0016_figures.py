"""Milestones of cases, which the figures count, and how far the chain of events was read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_STEPS = (
    "assigned",
    "signed_for",
    "responded",
    "answered",
    "closed",
    "reopened",
    "returned",
    "return_right",
    "return_wrong",
    "signing_overdue",
    "answer_overdue",
    "overdue",
)


def upgrade() -> None:
    step = sa.Enum(*_STEPS, name="step", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("step", step, nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("extended", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_milestone_happened_on", "milestone", ["happened_on", "step"])
    op.create_index("ix_milestone_case_id", "milestone", ["case_id", "step"])
    op.create_table(
        "counted_to",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("seq", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("counted_to")
    op.drop_table("milestone")
