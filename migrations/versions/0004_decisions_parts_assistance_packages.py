"""What a decision leaves behind: whom the rules chose first, parts of a case, units that assist,
corrections, sealed packages, and the kinds of text that go with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BEFORE = (
    "words", "accused", "beneficiary", "contact", "supplement", "because", "extract", "reason",
    "draft", "reply", "note",
)  # fmt: skip
_AFTER = (
    "words", "accused", "beneficiary", "contact", "supplement", "evidence", "because", "decision",
    "example", "ruling", "extract", "reason", "part", "opinion", "draft", "reply", "notice", "told",
    "note",
)  # fmt: skip
_SOURCES_BEFORE = ("reporter", "words", "staff")
_SOURCES_AFTER = ("reporter", "words", "review", "staff", "relative")
_FIRST = """
    UPDATE "case" SET first_unit_code = COALESCE(
        (SELECT unit_code FROM assignment WHERE assignment.case_id = "case".id ORDER BY id LIMIT 1),
        unit_code
    )
"""


def upgrade() -> None:
    _known("message", "messagekind", "kind", _AFTER)
    _known("bar", "barsource", "source", _SOURCES_AFTER)
    op.create_index("ix_bar_staff_id", "bar", ["staff_id"])
    # SQLite takes a foreign key with its new column only, never afterwards.
    for name, target, kind in (
        ("first_unit_code", "unit.code", sa.String(20)),
        ("part_of_id", "case.id", sa.Integer()),
    ):
        key = sa.ForeignKey(target, name=f"fk_case_{name}_{target.split('.')[0]}")
        op.add_column("case", sa.Column(name, kind, key), inline_references=True)
    op.add_column(
        "case", sa.Column("doubted", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(_FIRST)
    op.create_index("ix_case_part_of_id", "case", ["part_of_id"])
    op.add_column("assignment", sa.Column("revision", sa.Integer()))
    _assistance()
    _correction()
    _package()


def downgrade() -> None:
    for table in ("package", "correction", "assistance"):
        op.drop_table(table)
    op.drop_column("assignment", "revision")
    op.drop_index("ix_case_part_of_id", "case")
    for column in ("doubted", "part_of_id", "first_unit_code"):
        op.drop_column("case", column)
    new = ", ".join(f"'{kind}'" for kind in _AFTER if kind not in _BEFORE)
    op.execute(f"DELETE FROM message WHERE kind IN ({new})")  # noqa: S608  # our own words
    _known("message", "messagekind", "kind", _BEFORE)
    op.drop_index("ix_bar_staff_id", "bar")
    op.execute("DELETE FROM bar WHERE source IN ('review', 'relative')")
    _known("bar", "barsource", "source", _SOURCES_BEFORE)


def _known(table: str, check: str, column: str, words: tuple[str, ...]) -> None:
    """The check that a column holds one of the known words."""
    name = op.f(f"ck_{table}_{check}")
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"{column} IN ({', '.join(map(repr, words))})")


def _assistance() -> None:
    op.create_table(
        "assistance",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("asked_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "ended_how",
            sa.Enum(
                *("answered", "not_ours", "dropped"),
                name="assistanceend",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_assistance_case_id", "assistance", ["case_id"])
    op.create_index("ix_assistance_owed", "assistance", ["unit_code", "ended_how", "due_on"])


def _correction() -> None:
    judged = ("unit_right", "kind_right", "policy_right", "problem_right", "accused_right")
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in judged),
    )
    op.create_index("ix_correction_case_id", "correction", ["case_id"])


def _package() -> None:
    staff = ("made_by", "opened_by", "delivered_by")
    op.create_table(
        "package",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        *(
            sa.Column(name, sa.Integer(), sa.ForeignKey("staff.id"), nullable=name != "made_by")
            for name in staff
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("passphrase", sa.LargeBinary()),
        sa.Column("opened_at", sa.DateTime(timezone=True)),
        sa.Column("delivered_on", sa.Date()),
        sa.UniqueConstraint("number", name="uq_package_number"),
    )
    op.create_index("ix_package_case_id", "package", ["case_id"])
