"""Orders of other bodies, the spreadsheets they come in, and the doors they came by."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ORDERS = (
    "audit", "superior", "leader", "press", "hotline_12345", "petition_system",
)  # fmt: skip
_CHANNELS = ("web", "text", "telephone", "visit", "letter", *_ORDERS)
_TEXTS = ("order_answer",)


def upgrade() -> None:
    _teach("case", "channel", "channel", _ORDERS)
    _teach("message", "messagekind", "kind", _TEXTS)
    op.create_table(
        "order",
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("source", _choice("channel", *_CHANNELS), nullable=False),
        sa.Column("number_stamp", sa.String(64), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("from_unit", sa.String(20), sa.ForeignKey("unit.code")),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_on", sa.Date()),
        sa.Column("answered_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.UniqueConstraint("number_stamp", name="uq_order_number_stamp"),
    )
    for columns in (
        ["answered_on", "answer_by"],
        ["source", "answered_on", "answer_by"],
        ["from_unit", "entered_at"],
    ):
        op.create_index(f"ix_order_{'_'.join(columns)}", "order", columns)
    op.create_table(
        "order_sheet",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("source", _choice("channel", *_CHANNELS), nullable=False),
        sa.Column("from_unit", sa.String(20), sa.ForeignKey("unit.code")),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("registered", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.UniqueConstraint("key", name="uq_order_sheet_key"),
    )
    op.create_index("ix_order_sheet_staff_id_id", "order_sheet", ["staff_id", "id"])


def downgrade() -> None:
    op.drop_table("order_sheet")
    op.drop_table("order")
    op.execute("DELETE FROM message WHERE kind = 'order_answer'")
    _unteach("message", "messagekind", "kind", _TEXTS)
    orders = ", ".join(map(repr, _ORDERS))
    op.execute(f"""UPDATE "case" SET channel = 'letter' WHERE channel IN ({orders})""")  # noqa: S608  # Words of this file.
    _unteach("case", "channel", "channel", _ORDERS)


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _teach(table: str, check: str, column: str, words: tuple[str, ...]) -> None:
    known = _known(table, check)
    _let_know(table, check, column, [*known, *(word for word in words if word not in known)])


def _unteach(table: str, check: str, column: str, words: tuple[str, ...]) -> None:
    kept = [word for word in _known(table, check) if word not in words]
    _let_know(table, check, column, kept)


def _known(table: str, check: str) -> list[str]:
    """The words that the database knows, whichever migrations taught it them."""
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    found = next(str(one["sqltext"]) for one in checks if one["name"] == f"ck_{table}_{check}")
    return re.findall(r"'([a-z0-9_]+)'", found)


def _let_know(table: str, check: str, column: str, words: list[str]) -> None:
    name = op.f(f"ck_{table}_{check}")
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"{column} IN ({', '.join(map(repr, words))})")
