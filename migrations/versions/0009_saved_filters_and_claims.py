"""Who has taken a case on, and the filters that a person saved."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_INDEXES = {
    "ix_case_queue": ["unit_code", "state", "urgent", "due_on", "number", "barred"],
    "ix_case_office": ["state", "urgent", "due_on", "number", "barred"],
}
_CLAIMED = ["claimed_by", *_INDEXES["ix_case_queue"]]


def upgrade() -> None:
    key = sa.ForeignKey("staff.id", name="fk_case_claimed_by_staff")
    # SQLite takes a foreign key with its new column only, never afterwards.
    op.add_column("case", sa.Column("claimed_by", sa.Integer(), key), inline_references=True)
    _lay_again("claimed_by")
    here = sa.text("claimed_by IS NOT NULL")
    _lay("ix_case_claimed", _CLAIMED, sqlite_where=here, postgresql_where=here)
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("query", sa.String(300), nullable=False),
        sa.UniqueConstraint("staff_id", "query", name="uq_saved_filter_staff_id_query"),
    )


def downgrade() -> None:
    op.drop_table("saved_filter")
    op.drop_index("ix_case_claimed", "case")
    _lay_again()
    op.drop_column("case", "claimed_by")


def _lay_again(*more: str) -> None:
    for name, columns in _INDEXES.items():
        op.drop_index(name, table_name="case")
        _lay(name, [*columns, *more])


def _lay(name: str, columns: list[str], **options: Any) -> None:
    op.create_index(name, "case", columns, postgresql_include=["id"], **options)
