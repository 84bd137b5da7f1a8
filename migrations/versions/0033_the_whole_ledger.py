"""The ledger whole: where problems come from, who found them and sums them up, carrying over,
unfounded, reopened, referred; by whom and when a measure is taken; and every move of a problem.

What stood in the ledger before was found by the office. Of its moves only the last one is known
with its day where it was struck off; the others are said to have been made when it was opened.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_SOURCES = (
    "verification",
    "own_check",
    "spot_check",
    "supervision_round",
    "audit",
    "above",
    "press",
)
_KINDS = ("what_is_wrong", "leader", "person", "measure", "evidence", "heads_word", "reason")
_NEW_KINDS = (
    "measure_person",
    "carried",
    "resumed",
    "unfounded",
    "reopened",
    "changed",
)
_STATES = ("found", "rectifying", "rectified", "struck_off", "carried_over", "unfounded")
_UNITS = ("found_by", "line_code")


def upgrade() -> None:
    _problems()
    with op.batch_alter_table("measure") as batch:
        batch.add_column(sa.Column("due_on", sa.Date()))
    _let_know("problem", "source", _SOURCES)
    _let_know("ledger_text", "ledgertextkind", (*_KINDS, "approval", *_NEW_KINDS), "kind")
    _moves()
    _referrals()
    op.create_table(
        "check_sheet",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
    )


def _problems() -> None:
    with op.batch_alter_table("problem") as batch:
        batch.alter_column("struck_off_by", new_column_name="settled_by")
        batch.alter_column("struck_off_on", new_column_name="settled_on")
        for name in _UNITS:
            batch.add_column(sa.Column(name, sa.String(20)))
        batch.add_column(sa.Column("carried_until", sa.Date()))
        batch.add_column(sa.Column("reopened_after", sa.Integer()))
    op.execute("UPDATE problem SET found_by = (SELECT office_code FROM campaign)")
    with op.batch_alter_table("problem") as batch:
        batch.drop_constraint(_key("struck_off_by", "staff"), type_="foreignkey")
        batch.create_foreign_key(_key("settled_by", "staff"), "staff", ["settled_by"], ["id"])
        batch.alter_column("found_by", existing_type=sa.String(20), nullable=False)
        for name in _UNITS:
            batch.create_foreign_key(_key(name, "unit"), "unit", [name], ["code"])
            batch.create_index(op.f(f"ix_problem_{name}"), [name])


def _moves() -> None:
    op.create_table(
        "problem_move",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("problem_id", sa.Integer(), sa.ForeignKey("problem.id"), nullable=False),
        sa.Column("state", _state(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
    )
    op.create_index(op.f("ix_problem_move_problem_id_id"), "problem_move", ["problem_id", "id"])
    op.create_index(op.f("ix_problem_move_moved_on"), "problem_move", ["moved_on"])
    op.execute(
        "INSERT INTO problem_move (problem_id, state, moved_on, staff_id)"
        " SELECT id, 'found', date(opened_at), opened_by FROM problem"
    )
    op.execute(
        "INSERT INTO problem_move (problem_id, state, moved_on, staff_id)"
        " SELECT id, state, coalesce(settled_on, date(opened_at)),"
        " coalesce(settled_by, opened_by) FROM problem WHERE state <> 'found'"
    )


def _referrals() -> None:
    op.create_table(
        "problem_referral",
        sa.Column("problem_id", sa.Integer(), sa.ForeignKey("problem.id"), primary_key=True),
        sa.Column("body_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("organisational", sa.Integer(), nullable=False),
        sa.Column("disciplinary", sa.Integer(), nullable=False),
        sa.Column("judicial", sa.Integer(), nullable=False),
        sa.Column("concluded_on", sa.Date()),
        sa.Column("heard", sa.LargeBinary()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("noted_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("check_sheet")
    op.drop_table("problem_referral")
    op.drop_table("problem_move")
    # What only the new schema can say goes: sentences of new kinds, sources that were not known.
    said = ", ".join(map(repr, _NEW_KINDS))
    op.execute(f"DELETE FROM ledger_text WHERE kind IN ({said})")  # noqa: S608
    op.execute("UPDATE problem SET source = 'verification'")
    _let_know("ledger_text", "ledgertextkind", (*_KINDS, "approval"), "kind")
    _let_know("problem", "source", ("verification",))
    with op.batch_alter_table("measure") as batch:
        batch.drop_column("due_on")
    with op.batch_alter_table("problem") as batch:
        for name in _UNITS:
            batch.drop_index(op.f(f"ix_problem_{name}"))
            batch.drop_constraint(_key(name, "unit"), type_="foreignkey")
            batch.drop_column(name)
        batch.drop_constraint(_key("settled_by", "staff"), type_="foreignkey")
        batch.drop_column("reopened_after")
        batch.drop_column("carried_until")
        batch.alter_column("settled_by", new_column_name="struck_off_by")
        batch.alter_column("settled_on", new_column_name="struck_off_on")
    with op.batch_alter_table("problem") as batch:
        batch.create_foreign_key(_key("struck_off_by", "staff"), "staff", ["struck_off_by"], ["id"])


def _state() -> sa.Enum:
    return sa.Enum(
        *_STATES, name="resultstate", native_enum=False, create_constraint=True, length=40
    )


def _key(name: str, table: str) -> str:
    return op.f(f"fk_problem_{name}_{table}")


def _let_know(table: str, choice: str, words: tuple[str, ...], column: str = "") -> None:
    """Let a column hold these words and no others."""
    name = op.f(f"ck_{table}_{choice}")
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(
            name, f"{column or choice} IN ({', '.join(map(repr, words))})"
        )
