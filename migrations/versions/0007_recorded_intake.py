"""What staff write down for people: by telephone, at a visit, from a letter; and the first query
code, which they see and the reporter changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_CHANNELS_BEFORE = ("web", "text")
_CHANNELS_AFTER = (*_CHANNELS_BEFORE, "telephone", "visit", "letter")
_KINDS_BEFORE = (
    "words", "accused", "beneficiary", "contact", "supplement", "evidence", "because", "decision",
    "example", "ruling", "extract", "reason", "part", "opinion", "draft", "reply", "notice", "told",
    "note", "question", "objection", "proposal",
)  # fmt: skip
_KINDS_AFTER = (*_KINDS_BEFORE, "representatives")


def upgrade() -> None:
    _known("case", "channel", "channel", _CHANNELS_AFTER)
    _known("message", "messagekind", "kind", _KINDS_AFTER)
    op.add_column("receipt", sa.Column("first_digest", sa.LargeBinary()))
    op.add_column("receipt", sa.Column("phone_mark", sa.LargeBinary()))
    op.create_index("ix_receipt_first_digest", "receipt", ["first_digest"], unique=True)
    op.create_table(
        "recorded",
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_recorded_staff_id_recorded_at", "recorded", ["staff_id", "recorded_at"])


def downgrade() -> None:
    op.drop_table("recorded")
    op.drop_index("ix_receipt_first_digest", "receipt")
    op.drop_column("receipt", "phone_mark")
    op.drop_column("receipt", "first_digest")
    op.execute("DELETE FROM message WHERE kind = 'representatives'")
    _known("message", "messagekind", "kind", _KINDS_BEFORE)
    op.execute("""UPDATE "case" SET channel = 'web' WHERE channel NOT IN ('web', 'text')""")
    _known("case", "channel", "channel", _CHANNELS_BEFORE)


def _known(table: str, check: str, column: str, words: tuple[str, ...]) -> None:
    """The check that a column holds one of the known words."""
    name = op.f(f"ck_{table}_{check}")
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"{column} IN ({', '.join(map(repr, words))})")
