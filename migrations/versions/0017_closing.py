"""The campaign's end, and with whom each open case goes on; what an order was called before, how
often it came; when a question is reminded of; how many came to a visit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(sa.Column("after", sa.JSON(), nullable=False, server_default="{}"))
        batch.add_column(
            sa.Column("representatives", sa.JSON(), nullable=False, server_default="{}")
        )
        batch.add_column(sa.Column("ended_on", sa.Date()))
    _orders_and_questions()
    op.create_table(
        "continuation",
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("way", _choice("way", "kept", "handed_on"), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code")),
        sa.Column("body_code", sa.String(20)),
        sa.Column("decided_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("unit_code IS NULL OR body_code IS NULL", name="one_target"),
        sa.CheckConstraint(
            "(way = 'kept') = (unit_code IS NULL AND body_code IS NULL)",
            name="target_if_handed_on",
        ),
    )
    op.create_table(
        "campaign_closing",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_by_and_at("prepared", nullable=False),
        *_by_and_at("taken_back"),
        *_by_and_at("closed"),
        *_by_and_at("reopened"),
        sa.Column("sealed_reason", sa.LargeBinary()),
    )


def _orders_and_questions() -> None:
    with op.batch_alter_table("order") as batch:
        batch.add_column(sa.Column("times", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "order_former_number",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("order.case_id"), nullable=False),
        sa.Column("number_stamp", sa.String(64), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("corrected_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_order_former_number_stamp", "order_former_number", ["number_stamp"])
    op.create_index("ix_order_former_number_case_id", "order_former_number", ["case_id"])
    with op.batch_alter_table("verification") as batch:
        # What is still asked is looked at on the first day of work.
        batch.add_column(
            sa.Column("watch_on", sa.Date(), nullable=False, server_default="2022-01-01")
        )
        batch.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True)))
    op.create_index("ix_verification_watch_on", "verification", ["watch_on"])
    with op.batch_alter_table("recorded") as batch:
        batch.add_column(
            sa.Column("representatives", sa.Integer(), nullable=False, server_default="0")
        )


def downgrade() -> None:
    with op.batch_alter_table("recorded") as batch:
        batch.drop_column("representatives")
    op.drop_index("ix_verification_watch_on", "verification")
    with op.batch_alter_table("verification") as batch:
        batch.drop_column("reminded_at")
        batch.drop_column("watch_on")
    op.drop_table("order_former_number")
    with op.batch_alter_table("order") as batch:
        batch.drop_column("times")
    op.drop_table("campaign_closing")
    op.drop_table("continuation")
    with op.batch_alter_table("campaign") as batch:
        batch.drop_column("ended_on")
        batch.drop_column("representatives")
        batch.drop_column("after")


def _by_and_at(what: str, *, nullable: bool = True) -> tuple[sa.Column[int], sa.Column[object]]:
    return (
        sa.Column(f"{what}_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=nullable),
        sa.Column(f"{what}_at", sa.DateTime(timezone=True), nullable=nullable),
    )


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
