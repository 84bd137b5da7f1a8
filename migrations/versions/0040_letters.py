"""Letters of the office to units: written reminders and summons to talk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(8), nullable=False),
        sa.Column("kind", _choice("letterkind", ("reminder", "summons")), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column(
            "state",
            _choice("letterstate", ("drafted", "dropped", "sent", "answered", "closed")),
            nullable=False,
        ),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("talk_on", sa.Date()),
        sa.Column("drafted_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("sent_on", sa.Date()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("key", name=op.f("uq_letter_key")),
    )
    op.create_index(op.f("ix_letter_unit_code_state"), "letter", ["unit_code", "state"])
    op.create_table(
        "letter_text",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("letter_id", sa.Integer(), sa.ForeignKey("letter.id"), nullable=False),
        sa.Column("kind", _choice("lettertextkind", ("body", "answer", "result")), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(op.f("ix_letter_text_letter_id_id"), "letter_text", ["letter_id", "id"])


def downgrade() -> None:
    op.drop_table("letter_text")
    op.drop_table("letter")


def _choice(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
