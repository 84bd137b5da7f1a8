"""Files as evidence at the ledger, spot checks and rounds; what is entered once, for every room;
and a frozen spot check that is given up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0040"
branch_labels = None
depends_on = None

# Each with the texts that its files came with.
_EVIDENCE = {
    "ledger_evidence": "ledger_text",
    "round_evidence": "round_text",
    "spot_check_evidence": "spot_check_entry",
}


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


def downgrade() -> None:
    op.rename_table("entered_once", "check_sheet")
    for table in _EVIDENCE:
        op.drop_table(table)
