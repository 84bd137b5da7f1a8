"""That everybody's sign-ins were ended is found as quickly as what else happened to accounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

_BEFORE = (
    "name IN ('staff_added', 'link_made', 'post_taken', 'sign_ins_ended', 'command_posts_seen')"
)
_NOW = (
    "name IN ('staff_added', 'link_made', 'post_taken', 'sign_ins_ended', 'everybody_signed_out', "
    "'command_posts_seen')"
)


def upgrade() -> None:
    _index(_NOW)


def downgrade() -> None:
    _index(_BEFORE)


def _index(what: str) -> None:
    op.drop_index("ix_event_staff_change", "event")
    op.create_index(
        "ix_event_staff_change",
        "event",
        ["name", "seq"],
        sqlite_where=sa.text(what),
        postgresql_where=sa.text(what),
    )
