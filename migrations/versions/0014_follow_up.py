"""Follow-ups of closed cases: what reporters answer, who is visited, and how that ends."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TEXTS = ("remark", "visit")


def upgrade() -> None:
    known = _known_texts()
    _let_know([*known, *(word for word in _TEXTS if word not in known)])
    op.add_column(
        "campaign", sa.Column("follow_up", sa.JSON(), nullable=False, server_default="{}")
    )
    _follow_up()
    _answer()


def downgrade() -> None:
    op.drop_table("answer")
    op.drop_table("follow_up")
    op.drop_column("campaign", "follow_up")
    op.execute("DELETE FROM message WHERE kind IN ('remark', 'visit')")
    _let_know([word for word in _known_texts() if word not in _TEXTS])


def _follow_up() -> None:
    outcomes = ("satisfied", "unfounded", "reopened", "unreachable")
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("why", _choice("why", "drawn", "reopened", "unsatisfied")),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempted_on", sa.Date()),
        sa.Column("ended_how", _choice("outcome", *outcomes)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.Integer(), sa.ForeignKey("staff.id")),
    )
    op.create_index("ix_follow_up_case_id", "follow_up", ["case_id"])
    op.create_index("ix_follow_up_waiting", "follow_up", ["ended_how", "due_on"])
    op.create_index("ix_follow_up_closed_on", "follow_up", ["closed_on", "unit_code"])


def _answer() -> None:
    ways = ("web", "text", "telephone", "on_the_spot", "household")
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("follow_up_id", sa.Integer(), sa.ForeignKey("follow_up.id"), nullable=False),
        sa.Column("solved", _choice("solved", "yes", "partly", "no")),
        sa.Column("satisfaction", sa.Integer()),
        sa.Column("how", _choice("how", *ways), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("satisfaction BETWEEN 1 AND 5", name="score"),
        sa.CheckConstraint("solved IS NOT NULL OR satisfaction IS NOT NULL", name="says_something"),
    )
    op.create_index("ix_answer_follow_up_id", "answer", ["follow_up_id", "answered_at"])


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _known_texts() -> list[str]:
    """The kinds of text that the database knows, whichever migrations taught it them."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("message")
    found = next(str(one["sqltext"]) for one in checks if one["name"] == "ck_message_messagekind")
    return re.findall(r"'([a-z_]+)'", found)


def _let_know(words: list[str]) -> None:
    name = op.f("ck_message_messagekind")
    with op.batch_alter_table("message") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"kind IN ({', '.join(map(repr, words))})")
