"""Who added and who ended a row of responsibilities in the browser, and when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLE = "responsibility"


def upgrade() -> None:
    for what in ("added", "ended"):
        key = sa.ForeignKey("staff.id", name=f"fk_{_TABLE}_{what}_by_staff")
        # SQLite takes a foreign key with its new column only, never afterwards.
        op.add_column(_TABLE, sa.Column(f"{what}_by", sa.Integer(), key), inline_references=True)
        op.add_column(_TABLE, sa.Column(f"{what}_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    for what in ("ended", "added"):
        op.drop_column(_TABLE, f"{what}_at")
        op.drop_column(_TABLE, f"{what}_by")
