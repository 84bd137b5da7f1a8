"""Links between cases, mergers with the state that goes with them, what is a repeat, and the mark
by which the cases of one person are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_STATES_BEFORE = (
    "registered", "assigned", "returned", "signed_for", "accepted", "drafted", "reviewed",
    "replied", "closed", "declined", "withdrawn",
)  # fmt: skip
_STATES_AFTER = (*_STATES_BEFORE, "merged")
_RELATIONS = ("same_person", "same_matter", "repeat", "joint")
_RUNNING = sa.text("ended_at IS NULL")
_MARKED = sa.text("contact_mark IS NOT NULL")


def upgrade() -> None:
    _known_states(_STATES_AFTER)
    op.add_column(
        "case", sa.Column("repeat", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("receipt", sa.Column("contact_mark", sa.LargeBinary()))
    op.create_index(
        "ix_receipt_contact_mark", "receipt", ["contact_mark"],
        sqlite_where=_MARKED, postgresql_where=_MARKED,
    )  # fmt: skip
    _case_link()
    _merger()


def downgrade() -> None:
    op.drop_table("merger")
    op.drop_table("case_link")
    op.drop_index("ix_receipt_contact_mark", "receipt")
    op.drop_column("receipt", "contact_mark")
    op.drop_column("case", "repeat")
    op.execute("UPDATE \"case\" SET state = 'signed_for' WHERE state = 'merged'")
    _known_states(_STATES_BEFORE)


def _known_states(words: tuple[str, ...]) -> None:
    """The check that a case is in one of the known states."""
    name = op.f("ck_case_state")
    with op.batch_alter_table("case") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"state IN ({', '.join(map(repr, words))})")


def _case_link() -> None:
    op.create_table(
        "case_link",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("earlier_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("later_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("how", _choice("relation", *_RELATIONS), nullable=False),
        sa.Column("linked_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        *_ending(),
        sa.CheckConstraint("earlier_id < later_id", name="in_order"),
        sa.UniqueConstraint("key", name="uq_case_link_key"),
    )
    op.create_index(
        "ix_case_link_pair", "case_link", ["earlier_id", "later_id"], unique=True,
        sqlite_where=_RUNNING, postgresql_where=_RUNNING,
    )  # fmt: skip
    op.create_index("ix_case_link_later_id", "case_link", ["later_id"])


def _merger() -> None:
    op.create_table(
        "merger",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("lead_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("how", _choice("relation", *_RELATIONS), nullable=False),
        sa.Column("former_state", _choice("state", *_STATES_AFTER), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("merged_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        *_ending(),
        sa.CheckConstraint("case_id <> lead_id", name="two_cases"),
        sa.UniqueConstraint("key", name="uq_merger_key"),
    )
    op.create_index(
        "ix_merger_case_id", "merger", ["case_id"], unique=True,
        sqlite_where=_RUNNING, postgresql_where=_RUNNING,
    )  # fmt: skip
    op.create_index("ix_merger_lead_id", "merger", ["lead_id"])


def _ending() -> tuple[sa.Column, sa.Column]:
    return (
        sa.Column("ended_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
    )


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
