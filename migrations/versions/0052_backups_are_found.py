"""The index by which the last backup and the restores are found, without a look through the chain
where there are none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0049"
branch_labels = None
depends_on = None

_WHERE = sa.text("name IN ('backup_taken', 'restored')")


def upgrade() -> None:
    op.create_index(
        "ix_event_backup",
        "event",
        ["name", "seq"],
        sqlite_where=_WHERE,
        postgresql_where=_WHERE,
    )


def downgrade() -> None:
    op.drop_index("ix_event_backup", "event")
