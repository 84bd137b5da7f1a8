"""The plan's calendar says who has to do it and what it is, and the office notes what was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_TASKS = ("monthly_return", "spot_check", "supervision_round", "summary")


def upgrade() -> None:
    task = sa.Enum(*_TASKS, name="task", native_enum=False, create_constraint=True, length=40)
    with op.batch_alter_table("calendar_date") as batch:
        # Loading the campaign anew, as each start does, says who.
        batch.add_column(sa.Column("who", sa.String(40), nullable=False, server_default=""))
        batch.add_column(sa.Column("task", task))
    op.create_table(
        "duty_mark",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("due_on", sa.Date(), primary_key=True),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("duty_mark")
    with op.batch_alter_table("calendar_date") as batch:
        batch.drop_constraint(op.f("ck_calendar_date_task"), type_="check")
        batch.drop_column("task")
        batch.drop_column("who")
