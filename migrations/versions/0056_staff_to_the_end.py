"""Who works here: fresh proofs of the second factor, changes by two people, leavers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Everybody signs in anew: of an open sign-in nobody knows when its code was proved.
    op.drop_table("staff_session")
    _sessions(
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proved_stamp", sa.String(length=64), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("staff_session")
    _sessions()


def _sessions(*proofs: sa.Column) -> None:
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        *proofs,
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_session")),
    )
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"])
