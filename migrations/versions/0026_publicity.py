"""What was done for publicity: entries, and what each said in each of its versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_KINDS = ("poster", "leaflet", "broadcast", "wechat", "meeting", "press", "other")


def upgrade() -> None:
    op.create_table(
        "publicity_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("reason", sa.LargeBinary()),
    )
    op.create_index("ix_publicity_entry_unit_code", "publicity_entry", ["unit_code"])
    kind = sa.Enum(
        *_KINDS, name="publicitykind", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "publicity_version",
        sa.Column("entry_id", sa.Integer(), sa.ForeignKey("publicity_entry.id"), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("place_code", sa.String(20), sa.ForeignKey("place.code")),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_publicity_version_done_on", "publicity_version", ["done_on"])


def downgrade() -> None:
    op.drop_table("publicity_version")
    op.drop_table("publicity_entry")
