"""The whole life of a case: what clocks leave out and are given besides, proposals, reminders,
rulings on returns, and the kinds of text that go with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KINDS_BEFORE = (
    "words", "accused", "beneficiary", "contact", "supplement", "evidence", "because", "decision",
    "example", "ruling", "extract", "reason", "part", "opinion", "draft", "reply", "notice", "told",
    "note",
)  # fmt: skip
_KINDS_AFTER = (*_KINDS_BEFORE, "question", "objection", "proposal")
_STATES_BEFORE = (
    "registered", "assigned", "returned", "signed_for", "accepted", "drafted", "replied", "closed",
    "withdrawn",
)  # fmt: skip
_STATES_AFTER = (*_STATES_BEFORE, "reviewed", "declined")
_RULE = (("route", sa.String(4)), ("extension", sa.Integer()), ("pause", sa.String(20)),
         ("pause_limit", sa.Integer()), ("pause_times", sa.Integer()))  # fmt: skip
_MARKS = ("awaiting_reporter", "arbitrated")


def upgrade() -> None:
    _known("message", "messagekind", "kind", _KINDS_AFTER)
    _known("case", "state", "state", _STATES_AFTER)
    for name, kind in _RULE:
        op.add_column("clock_rule", sa.Column(name, kind))
    op.add_column(
        "campaign", sa.Column("reminders", sa.JSON(), nullable=False, server_default="{}")
    )
    for mark in _MARKS:
        op.add_column(
            "case", sa.Column(mark, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.add_column("case", sa.Column("reminded_at", sa.DateTime(timezone=True)))
    op.add_column(
        "case", sa.Column("watch_on", sa.Date(), nullable=False, server_default="9999-12-31")
    )
    # The worker counts the dates of what is open once more, and knows then when to look again.
    op.execute('UPDATE "case" SET watch_on = due_on')
    op.create_index("ix_case_watch_on", "case", ["watch_on"])
    op.add_column("assignment", sa.Column("right", sa.Boolean()))
    _proposal()


def downgrade() -> None:
    op.drop_table("proposal")
    op.drop_column("assignment", "right")
    op.drop_index("ix_case_watch_on", "case")
    for column in ("watch_on", "reminded_at", *reversed(_MARKS)):
        op.drop_column("case", column)
    op.drop_column("campaign", "reminders")
    for name, _ in reversed(_RULE):
        op.drop_column("clock_rule", name)
    op.execute("DELETE FROM message WHERE kind IN ('question', 'objection', 'proposal')")
    op.execute("UPDATE \"case\" SET state = 'drafted' WHERE state = 'reviewed'")
    op.execute("UPDATE \"case\" SET state = 'closed' WHERE state = 'declined'")
    _known("case", "state", "state", _STATES_BEFORE)
    _known("message", "messagekind", "kind", _KINDS_BEFORE)


def _known(table: str, check: str, column: str, words: tuple[str, ...]) -> None:
    """The check that a column holds one of the known words."""
    name = op.f(f"ck_{table}_{check}")
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"{column} IN ({', '.join(map(repr, words))})")


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _proposal() -> None:
    grounds = ("other_procedure", "pending_above", "final", "not_government", "no_content")
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("what", _choice("what", "extension", "decline"), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("clock", sa.String(40)),
        sa.Column("days", sa.Integer()),
        sa.Column("ground", _choice("ground", *grounds)),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("agreed", sa.Boolean()),
    )
    op.create_index("ix_proposal_case_id", "proposal", ["case_id"])
