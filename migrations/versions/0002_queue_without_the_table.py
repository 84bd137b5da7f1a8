"""The queue's indexes carry the id, so that PostgreSQL counts without reading the table."""

from __future__ import annotations

from typing import Any

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_INDEXES = {
    "ix_case_queue": ["unit_code", "state", "urgent", "due_on", "number", "barred"],
    "ix_case_office": ["state", "urgent", "due_on", "number", "barred"],
}


def upgrade() -> None:
    _lay_again(postgresql_include=["id"])


def downgrade() -> None:
    _lay_again()


def _lay_again(**options: Any) -> None:
    """SQLite keeps the row's id in every index, so there is nothing to change."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for name, columns in _INDEXES.items():
        op.drop_index(name, table_name="case")
        op.create_index(name, "case", columns, **options)
