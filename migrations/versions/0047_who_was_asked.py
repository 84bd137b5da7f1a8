"""Assessments of effect: no day on which a reserve was asked, keyed marks of slips, and the version
of what a street said of its list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(sa.text("UPDATE assessment_row SET entered_on = NULL WHERE is_reserve"))
    # Their codes can be worked out from what was kept of them, and no key is at hand to mark them
    # anew: they open nothing any more, and as many can be printed again.
    op.execute(sa.text("DELETE FROM assessment_slip WHERE used_by IS NULL"))
    _rename("code_digest", "code_mark")
    with op.batch_alter_table("assessment_street") as batch:
        batch.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("assessment_street") as batch:
        batch.alter_column("version", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("assessment_street") as batch:
        batch.drop_column("version")
    _rename("code_mark", "code_digest")


def _rename(before: str, after: str) -> None:
    """Rename the column of a slip's code, and what says that each code is there once."""
    with op.batch_alter_table("assessment_slip") as batch:
        batch.drop_constraint(op.f(f"uq_assessment_slip_{before}"), type_="unique")
        batch.alter_column(before, new_column_name=after)
    with op.batch_alter_table("assessment_slip") as batch:
        batch.create_unique_constraint(op.f(f"uq_assessment_slip_{after}"), [after])
