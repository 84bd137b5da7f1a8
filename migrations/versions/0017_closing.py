"""The campaign's end, and with whom each open case goes on."""

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
        batch.add_column(sa.Column("ended_on", sa.Date()))
    with op.batch_alter_table("campaign") as batch:
        batch.alter_column("after", server_default=None)
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


def downgrade() -> None:
    op.drop_table("campaign_closing")
    op.drop_table("continuation")
    with op.batch_alter_table("campaign") as batch:
        batch.drop_column("ended_on")
        batch.drop_column("after")


def _by_and_at(what: str, *, nullable: bool = True) -> tuple[sa.Column[int], sa.Column[object]]:
    return (
        sa.Column(f"{what}_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=nullable),
        sa.Column(f"{what}_at", sa.DateTime(timezone=True), nullable=nullable),
    )


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
