"""Whom a mistake on the site bars, who answers it, and answers that were corrected."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_OUTCOMES = ("corrected", "no_mistake", "not_about_site", "registered")
_ANSWERED_BY = op.f("ck_site_mistake_answered_by_somebody")
_UNIT = op.f("fk_site_mistake_unit_code_unit")
_CORRECTOR = op.f("fk_site_mistake_corrected_by_staff")
_CORRECTED = op.f("ck_site_mistake_corrected_once")


def upgrade() -> None:
    with op.batch_alter_table("site_mistake") as batch:
        batch.add_column(sa.Column("unit_code", sa.String(20)))
        batch.add_column(sa.Column("corrected_by", sa.Integer()))
        batch.add_column(sa.Column("corrected_at", sa.DateTime(timezone=True)))
    # Until now the office answered all of them.
    op.execute("UPDATE site_mistake SET unit_code = (SELECT office_code FROM campaign)")
    with op.batch_alter_table("site_mistake") as batch:
        batch.alter_column("unit_code", existing_type=sa.String(20), nullable=False)
        batch.create_foreign_key(_UNIT, "unit", ["unit_code"], ["code"])
        batch.create_foreign_key(_CORRECTOR, "staff", ["corrected_by"], ["id"])
        batch.drop_constraint(_ANSWERED_BY, type_="check")
        batch.create_check_constraint(_ANSWERED_BY, "outcome IS NOT NULL OR answered_by IS NULL")
        batch.create_check_constraint(_CORRECTED, "(corrected_by IS NULL) = (corrected_at IS NULL)")
    _mistake_bar()
    _earlier_answer()


def _mistake_bar() -> None:
    op.create_table(
        "mistake_bar",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("mistake_id", sa.Integer(), sa.ForeignKey("site_mistake.id"), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code")),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.CheckConstraint("(unit_code IS NULL) <> (staff_id IS NULL)", name="one_target"),
    )
    op.create_index(
        "ix_mistake_bar_mistake_id_unit_code", "mistake_bar", ["mistake_id", "unit_code"]
    )
    op.create_index("ix_mistake_bar_staff_id", "mistake_bar", ["staff_id"])


def _earlier_answer() -> None:
    outcome = sa.Enum(
        *_OUTCOMES, name="mistakeoutcome", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "earlier_answer",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("mistake_id", sa.Integer(), sa.ForeignKey("site_mistake.id"), nullable=False),
        sa.Column("outcome", outcome, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_earlier_answer_mistake_id", "earlier_answer", ["mistake_id"])


def downgrade() -> None:
    op.drop_table("earlier_answer")
    op.drop_table("mistake_bar")
    # A case of the worker's had nobody who made it: the first of the staff stands for him.
    op.execute(
        "UPDATE site_mistake SET answered_by = (SELECT MIN(id) FROM staff) "
        "WHERE outcome IS NOT NULL AND answered_by IS NULL"
    )
    with op.batch_alter_table("site_mistake") as batch:
        batch.drop_constraint(_CORRECTED, type_="check")
        batch.drop_constraint(_ANSWERED_BY, type_="check")
        batch.create_check_constraint(_ANSWERED_BY, "(outcome IS NULL) = (answered_by IS NULL)")
        batch.drop_constraint(_CORRECTOR, type_="foreignkey")
        batch.drop_constraint(_UNIT, type_="foreignkey")
        for name in ("corrected_at", "corrected_by", "unit_code"):
            batch.drop_column(name)
