"""Supervision rounds: visits of units, what they were told to do, what was found there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_KINDS = ("purpose", "seen", "closed", "order", "report", "reason", "accepted")
_STATES = ("given", "reported", "done")


def upgrade() -> None:
    op.create_table(
        "supervision_round",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(8), nullable=False),
        sa.Column("duty", sa.String(40)),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("planned_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("closed_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("key", name=op.f("uq_supervision_round_key")),
    )
    op.create_table(
        "round_visit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("supervision_round.id"), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("visited_on", sa.Date()),
        sa.Column("noted_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.UniqueConstraint(
            "round_id", "unit_code", name=op.f("uq_round_visit_round_id_unit_code")
        ),
    )
    op.create_index(op.f("ix_round_visit_unit_code"), "round_visit", ["unit_code"])
    op.create_table(
        "round_order",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(8), nullable=False),
        sa.Column("visit_id", sa.Integer(), sa.ForeignKey("round_visit.id"), nullable=False),
        sa.Column("state", _choice("orderstate", _STATES), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("given_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("reported_on", sa.Date()),
        sa.Column("done_on", sa.Date()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("key", name=op.f("uq_round_order_key")),
    )
    op.create_index(op.f("ix_round_order_visit_id"), "round_order", ["visit_id"])
    op.create_table(
        "round_text",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("supervision_round.id"), nullable=False),
        sa.Column("visit_id", sa.Integer(), sa.ForeignKey("round_visit.id")),
        sa.Column("order_id", sa.Integer(), sa.ForeignKey("round_order.id")),
        sa.Column("kind", _choice("roundtextkind", _KINDS), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(op.f("ix_round_text_round_id_id"), "round_text", ["round_id", "id"])
    op.create_table(
        "round_problem",
        sa.Column("problem_id", sa.Integer(), sa.ForeignKey("problem.id"), primary_key=True),
        sa.Column("visit_id", sa.Integer(), sa.ForeignKey("round_visit.id"), nullable=False),
    )
    op.create_index(op.f("ix_round_problem_visit_id"), "round_problem", ["visit_id"])


def downgrade() -> None:
    for table in ("round_problem", "round_text", "round_order", "round_visit", "supervision_round"):
        op.drop_table(table)


def _choice(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
