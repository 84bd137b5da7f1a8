"""The trail: heads that leave the machine, alarms about reading, and the indexes by which what
somebody did and read is found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "daily_head",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_to", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("on", name=op.f("pk_daily_head")),
    )
    op.create_table(
        "reading_alarm",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_reading_alarm_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("staff_id", "on", name=op.f("pk_reading_alarm")),
    )
    op.create_index("ix_reading_alarm_on", "reading_alarm", ["on"])
    _index("ix_event_staff_id_seq", ["staff_id", "seq"], "staff_id IS NOT NULL")
    _index("ix_event_words_read", ["staff_id", "happened_at", "case_id"], "name = 'words_read'")


def downgrade() -> None:
    op.drop_index("ix_event_words_read", "event")
    op.drop_index("ix_event_staff_id_seq", "event")
    op.drop_table("reading_alarm")
    op.drop_table("daily_head")


def _index(name: str, columns: list[str], where: str) -> None:
    op.create_index(
        name, "event", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )
