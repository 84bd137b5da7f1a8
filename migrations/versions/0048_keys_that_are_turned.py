"""Keys of the product itself in rows of their own, and former key pairs of units.

No key is at hand here: `flask init` writes the rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

_PURPOSES = ("storage", "stamps", "signing", "worker", "intake")


def upgrade() -> None:
    op.create_table(
        "service_key",
        sa.Column(
            "purpose",
            sa.Enum(
                *_PURPOSES, name="purpose", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("under_master", sa.LargeBinary(), nullable=True),
        sa.Column("for_recovery", sa.LargeBinary(), nullable=True),
        sa.Column("follows_master", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("purpose", "key_id", name=op.f("pk_service_key")),
    )
    op.create_table(
        "former_unit_key",
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("private_under_master", sa.LargeBinary(), nullable=True),
        sa.Column("private_for_recovery", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["unit_code"], ["unit.code"], name=op.f("fk_former_unit_key_unit_code_unit")
        ),
        sa.PrimaryKeyConstraint("unit_code", "key_id", name=op.f("pk_former_unit_key")),
    )


def downgrade() -> None:
    op.drop_table("former_unit_key")
    op.drop_table("service_key")
