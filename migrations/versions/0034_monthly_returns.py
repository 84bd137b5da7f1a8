"""Monthly returns: who returns to whom, from the campaign's data, and every version of a return."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_STATES = ("filled_in", "handed_in", "accepted", "sent_back")


def upgrade() -> None:
    # Until the campaign's folder is loaded again, it has no returns.
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(sa.Column("returns", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "monthly_return",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("receiver_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", _state(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("remark", sa.LargeBinary()),
        sa.Column("correction", sa.LargeBinary()),
        sa.Column("sent_back_for", sa.LargeBinary()),
        sa.Column("confirmed_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("signed_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("unit_code", "receiver_code", "last", "version"),
    )
    op.create_index(
        op.f("ix_monthly_return_receiver_code_last"), "monthly_return", ["receiver_code", "last"]
    )
    op.create_index(op.f("ix_monthly_return_last"), "monthly_return", ["last"])


def downgrade() -> None:
    op.drop_table("monthly_return")
    with op.batch_alter_table("campaign") as batch:
        batch.drop_column("returns")


def _state() -> sa.Enum:
    return sa.Enum(
        *_STATES, name="returnstate", native_enum=False, create_constraint=True, length=40
    )
