"""Assessments of effect: their streets, the rows that were drawn, slips and what came by them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_STATES = ("preparing", "drawn", "closed", "dropped")


def upgrade() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(8), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("state", _choice("assessmentstate", _STATES), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("policies", sa.JSON(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("record", sa.Text()),
        sa.Column("closed_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("closed_on", sa.Date()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("key", name=op.f("uq_assessment_key")),
    )
    op.create_table(
        "assessment_street",
        _assessment(primary_key=True),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), primary_key=True),
        sa.Column("recipients", sa.Integer()),
        sa.Column("list_mark", sa.String(80)),
        sa.Column("reported_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("reported_at", sa.DateTime(timezone=True)),
        sa.Column("drawn", sa.Integer()),
    )
    op.create_index(op.f("ix_assessment_street_unit_code"), "assessment_street", ["unit_code"])
    op.create_table(
        "assessment_row",
        sa.Column("id", sa.Integer(), primary_key=True),
        _assessment(),
        _street(),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("is_reserve", sa.Boolean(), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("entered_on", sa.Date()),
        sa.Column("sealed", sa.LargeBinary()),
        sa.UniqueConstraint(
            "assessment_id",
            "unit_code",
            "row_number",
            name=op.f("uq_assessment_row_assessment_id_unit_code_row_number"),
        ),
    )
    op.create_index("ix_assessment_row_staff_id", "assessment_row", ["staff_id", "assessment_id"])
    op.create_table(
        "assessment_slip",
        sa.Column("id", sa.Integer(), primary_key=True),
        _assessment(),
        _street(),
        sa.Column("code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("used_by", sa.LargeBinary()),
        sa.UniqueConstraint("code_digest", name=op.f("uq_assessment_slip_code_digest")),
    )
    op.create_index("ix_assessment_slip_assessment_id", "assessment_slip", ["assessment_id"])
    op.create_table(
        "assessment_answer",
        sa.Column("id", sa.Integer(), primary_key=True),
        _assessment(),
        _street(),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_assessment_answer_assessment_id", "assessment_answer", ["assessment_id"])


def downgrade() -> None:
    for table in (
        "assessment_answer",
        "assessment_slip",
        "assessment_row",
        "assessment_street",
        "assessment",
    ):
        op.drop_table(table)


def _assessment(*, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(
        "assessment_id",
        sa.Integer(),
        sa.ForeignKey("assessment.id"),
        primary_key=primary_key,
        nullable=False,
    )


def _street() -> sa.Column[str]:
    return sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False)


def _choice(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
