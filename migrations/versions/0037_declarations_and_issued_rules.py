"""Own declarations and refunds, and until when the campaign wants them; rules that were issued, and
the problems that they answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_ACTS = ("new", "changed", "repealed")
_BOXES = "SELECT id FROM compartment WHERE label LIKE 'declaration:%' OR label LIKE 'issued-rule:%'"


def upgrade() -> None:
    op.add_column(
        "campaign", sa.Column("declarations", sa.JSON(), nullable=False, server_default="{}")
    )
    _declarations()
    _rules()
    op.create_table(
        "rule_answer",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("rule_id", sa.Integer(), sa.ForeignKey("issued_rule.id"), nullable=False),
        sa.Column("problem_id", sa.Integer(), sa.ForeignKey("problem.id"), nullable=False),
        sa.Column("said_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("taken_back_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_rule_answer_rule_id", "rule_answer", ["rule_id"])
    op.create_index("ix_rule_answer_problem_id", "rule_answer", ["problem_id"])


def _declarations() -> None:
    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(20), nullable=False, unique=True),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        *_version_and_withdrawal(),
    )
    op.create_index("ix_declaration_unit_code", "declaration", ["unit_code"])
    op.create_table(
        "declaration_version",
        sa.Column(
            "declaration_id", sa.Integer(), sa.ForeignKey("declaration.id"), primary_key=True
        ),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("declared", sa.Integer(), nullable=False),
        sa.Column("refunded", sa.Integer(), nullable=False),
        sa.Column("yuan", sa.Numeric(14, 2), nullable=False),
        sa.Column("refunded_to", sa.String(20), sa.ForeignKey("unit.code")),
        sa.Column("receipt_on", sa.Date()),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        *_written(),
    )


def _rules() -> None:
    op.create_table(
        "issued_rule",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        *_version_and_withdrawal(),
    )
    op.create_index("ix_issued_rule_unit_code", "issued_rule", ["unit_code"])
    act = sa.Enum(*_ACTS, name="ruleact", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "issued_rule_version",
        sa.Column("rule_id", sa.Integer(), sa.ForeignKey("issued_rule.id"), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("act", act, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("document_number", sa.String(80), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("link", sa.String(400), nullable=False),
        sa.Column("notice_slug", sa.String(60)),
        sa.Column("reason", sa.LargeBinary()),
        *_written(),
    )
    op.create_index("ix_issued_rule_version_issued_on", "issued_rule_version", ["issued_on"])
    op.create_table(
        "issued_rule_policy",
        sa.Column("rule_id", sa.Integer(), sa.ForeignKey("issued_rule.id"), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("policy_code", sa.String(20), sa.ForeignKey("policy.code"), primary_key=True),
    )


def _version_and_withdrawal() -> tuple[sa.Column, ...]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("reason", sa.LargeBinary()),
    )


def _written() -> tuple[sa.Column, ...]:
    return (
        sa.Column("written_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    for table in (
        "rule_answer",
        "issued_rule_policy",
        "issued_rule_version",
        "issued_rule",
        "declaration_version",
        "declaration",
    ):
        op.drop_table(table)
    # Their boxes open for nobody any more.
    op.execute(f"DELETE FROM compartment_key WHERE compartment_id IN ({_BOXES})")  # noqa: S608
    op.execute(f"DELETE FROM compartment WHERE id IN ({_BOXES})")  # noqa: S608
    with op.batch_alter_table("campaign") as batch:
        batch.drop_column("declarations")
