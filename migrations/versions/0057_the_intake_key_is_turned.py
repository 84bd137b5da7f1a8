"""Marks say which intake key made them, at their head; and the number behind an opt-out, sealed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

_MARKS = {
    "receipt": ("phone_mark", "contact_mark"),
    "inbound_text": ("message_mark", "sender_mark"),
    "text_opt_out": ("sender_mark",),
    "assessment_slip": ("code_mark",),
}
_HEAD, _HEAD_BYTES, _DIGEST_BYTES = b"\x01\x04", 10, 32


def upgrade() -> None:
    op.add_column("text_opt_out", sa.Column("number_sealed", sa.LargeBinary()))
    connection = op.get_bind()
    only = sa.text("SELECT key_id FROM service_key WHERE purpose = 'intake' AND retired_at IS NULL")
    # Before the keys' own rows there is none: `flask init` lays it, and puts the heads then.
    key_id = connection.scalar(only)
    if key_id is None:
        return
    head = _HEAD + bytes.fromhex(key_id)
    for table, mark in _columns():
        column: sa.ColumnClause[bytes] = sa.column(mark)
        anew = sa.cast(sa.literal(head, sa.LargeBinary).op("||")(column), sa.LargeBinary)
        bare = sa.func.length(column) == _DIGEST_BYTES
        rows = sa.table(table, column)
        connection.execute(sa.update(rows).where(bare).values({mark: anew}))


def downgrade() -> None:
    """By the newest key alone what was marked is known again then."""
    connection = op.get_bind()
    for table, mark in _columns():
        column = sa.column(mark, sa.LargeBinary)
        bare = sa.func.substr(column, _HEAD_BYTES + 1, type_=sa.LargeBinary)
        headed = sa.func.length(column) == _HEAD_BYTES + _DIGEST_BYTES
        connection.execute(sa.update(sa.table(table, column)).where(headed).values({mark: bare}))
    op.drop_column("text_opt_out", "number_sealed")


def _columns() -> list[tuple[str, str]]:
    return [(table, mark) for table, marks in _MARKS.items() for mark in marks]
