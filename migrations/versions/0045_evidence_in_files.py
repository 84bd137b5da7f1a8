"""Files as evidence at the ledger, spot checks and rounds; what is entered once, for every room;
and a frozen spot check that is given up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

# Each with the texts that its files came with.
_EVIDENCE = {
    "ledger_evidence": "ledger_text",
    "round_evidence": "round_text",
    "spot_check_evidence": "spot_check_entry",
}
_STATES = ("preparing", "frozen", "drawn", "dropped")


def upgrade() -> None:
    for table, texts in _EVIDENCE.items():
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("text_id", sa.Integer(), sa.ForeignKey(f"{texts}.id"), nullable=False),
            sa.Column("stored", sa.String(32), nullable=False),
            sa.Column("sealed", sa.LargeBinary(), nullable=False),
        )
        for column in ("text_id", "stored"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.rename_table("check_sheet", "entered_once")
    with op.batch_alter_table("spot_check") as batch:
        batch.add_column(sa.Column("give_up_by", sa.Integer()))
        batch.add_column(sa.Column("give_up_why", sa.LargeBinary()))
        batch.create_foreign_key(
            op.f("fk_spot_check_give_up_by_staff"), "staff", ["give_up_by"], ["id"]
        )
    _let_know((*_STATES, "given_up"))


def downgrade() -> None:
    op.execute("UPDATE spot_check SET state = 'dropped' WHERE state = 'given_up'")
    _let_know(_STATES)
    with op.batch_alter_table("spot_check") as batch:
        batch.drop_constraint(op.f("fk_spot_check_give_up_by_staff"), type_="foreignkey")
        batch.drop_column("give_up_why")
        batch.drop_column("give_up_by")
    op.rename_table("entered_once", "check_sheet")
    for table in _EVIDENCE:
        op.drop_table(table)


def _let_know(states: tuple[str, ...]) -> None:
    """Let a spot check be in these states and no others."""
    name = op.f("ck_spot_check_checkstate")
    with op.batch_alter_table("spot_check") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"state IN ({', '.join(map(repr, states))})")
