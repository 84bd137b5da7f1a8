"""The sealed class: its mark on a case, its key, its readers, and where one of them has it open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

_READER = "sealed_reader.staff_id"


def upgrade() -> None:
    op.add_column(
        "case", sa.Column("sealed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index(
        "ix_case_sealed",
        "case",
        ["sealed", "state"],
        sqlite_where=sa.text("sealed = 1"),
        postgresql_where=sa.text("sealed"),
    )
    op.create_table(
        "sealed_class_key",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("private_for_discipline", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "sealed_reader",
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("memory", sa.Integer(), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.Column("let_in_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    _of_a_reader("sealed_invitation", "staff_id", "staff.id", "invited_by")
    _of_a_reader("sealed_unlock", "token_hash", "staff_session.token_hash", "staff_id")


def _of_a_reader(table: str, key: str, target: str, reader: str) -> None:
    """A table whose rows end with their reader, and hold the class's locked half for a while."""
    is_token = key == "token_hash"
    kind = sa.String(64) if is_token else sa.Integer()
    owner = sa.ForeignKey(target, ondelete="CASCADE") if is_token else sa.ForeignKey(target)
    op.create_table(
        table,
        sa.Column(key, kind, owner, primary_key=True),
        sa.Column(reader, sa.Integer(), sa.ForeignKey(_READER, ondelete="CASCADE"), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(f"ix_{table}_{reader}", table, [reader])


def downgrade() -> None:
    for table in ("sealed_unlock", "sealed_invitation", "sealed_reader", "sealed_class_key"):
        op.drop_table(table)
    op.drop_index("ix_case_sealed", "case")
    op.drop_column("case", "sealed")
