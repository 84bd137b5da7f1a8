"""Texts that we send: where notices of a case go, the messages, and the worker's jobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_STATES = (
    "waiting",
    "unknown",
    "unsent",
    "dead",
    "let_go",
    "stopped",
    "sent",
    "failed",
    "delivered",
)


def upgrade() -> None:
    op.create_table(
        "notice_address",
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    _outbound_text()
    op.create_table(
        "worker_job",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("last_run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_error", sa.String(80)),
        sa.Column("failed_at", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    op.drop_table("worker_job")
    op.drop_table("outbound_text")
    op.drop_table("notice_address")


def _outbound_text() -> None:
    state = sa.Enum(
        *_STATES, name="textstate", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "outbound_text",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("reference", sa.String(32), nullable=False, unique=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("template", sa.String(40), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("state", state, nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_tried_at", sa.DateTime(timezone=True)),
        sa.Column("last_tried_at", sa.DateTime(timezone=True)),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("provider", sa.String(20)),
        sa.Column("provider_id", sa.String(64)),
        sa.Column("error_code", sa.String(40)),
    )
    op.create_index("ix_outbound_text_state", "outbound_text", ["state", "next_at"])
    op.create_index("ix_outbound_text_case_id", "outbound_text", ["case_id"])
    op.create_index("ix_outbound_text_last_tried_at", "outbound_text", ["last_tried_at"])
