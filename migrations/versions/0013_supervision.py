"""Special supervision: what is supervised, its log, what is suggested, and the campaign's rule."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_TRIGGERS = ("superior", "leader", "press", "complex", "overdue", "returned", "repeated")
_TEXT = "supervision"


def upgrade() -> None:
    _let_know([*_known_texts(), _TEXT])
    op.add_column(
        "campaign", sa.Column("supervision", sa.JSON(), nullable=False, server_default="{}")
    )
    op.add_column(
        "case", sa.Column("supervised", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _supervision()
    op.create_table(
        "supervision_suggestion",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("trigger", _choice("trigger", *_TRIGGERS), nullable=False),
        sa.Column("clock", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_how", _choice("suggestionend", "taken", "dismissed", "covered")),
        sa.Column("ended_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id")),
        sa.UniqueConstraint(
            "case_id", "trigger", "clock", "due_on", "times",
            name="uq_supervision_suggestion_case_id_trigger_clock_due_on_times",
        ),
    )  # fmt: skip
    _lay("ix_supervision_suggestion_waiting", "supervision_suggestion", "case_id", "ended_at")
    op.create_table(
        "supervision_seen_events",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("seq", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    for table in (
        "supervision_seen_events",
        "supervision_suggestion",
        "supervision_entry",
        "supervision",
    ):
        op.drop_table(table)
    op.drop_column("case", "supervised")
    op.drop_column("campaign", "supervision")
    op.execute(f"DELETE FROM message WHERE kind = '{_TEXT}'")  # noqa: S608  # A word of our own.
    _let_know([word for word in _known_texts() if word != _TEXT])


def _supervision() -> None:
    op.create_table(
        "supervision",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("trigger", _choice("trigger", *_TRIGGERS), nullable=False),
        sa.Column("opened_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column(
            "outcome", _choice("supervisionoutcome", "done", "partly", "unfounded", "needless")
        ),
    )
    op.create_index("ix_supervision_case_id", "supervision", ["case_id"])
    _lay("uq_supervision_open", "supervision", "case_id", "closed_at", unique=True)
    _lay("ix_supervision_due_on", "supervision", "due_on", "closed_at")
    kinds = ("demand", "check", "progress", "extension", "closing")
    op.create_table(
        "supervision_entry",
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), primary_key=True),
        sa.Column("supervision_id", sa.Integer(), sa.ForeignKey("supervision.id"), nullable=False),
        sa.Column("kind", _choice("entrykind", *kinds), nullable=False),
    )
    op.create_index("ix_supervision_entry_supervision_id", "supervision_entry", ["supervision_id"])


def _lay(name: str, table: str, column: str, still: str, *, unique: bool = False) -> None:
    """An index of the rows that aren't ended yet."""
    here = sa.text(f"{still} IS NULL")
    op.create_index(name, table, [column], unique=unique, sqlite_where=here, postgresql_where=here)


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
