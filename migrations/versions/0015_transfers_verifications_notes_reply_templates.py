"""How a unit got a case, facts that another unit checks, notes to oneself, reply templates."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TEXTS = ("report", "verification", "verified")


def upgrade() -> None:
    known = _known_texts()
    _let_know([*known, *(word for word in _TEXTS if word not in known)])
    with op.batch_alter_table("assignment") as batch:
        batch.add_column(
            sa.Column(
                "manner",
                _choice("manner", "assign", "transfer"),
                nullable=False,
                server_default="assign",
            )
        )
        batch.add_column(sa.Column("report_by", sa.Date()))
    _verification()
    op.create_table(
        "own_note",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_own_note_case_id_staff_id", "own_note", ["case_id", "staff_id"])
    _reply_templates()


def _verification() -> None:
    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("asking_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("asked_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sealed_question", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_answer", sa.LargeBinary()),
        sa.Column("ended_how", _choice("verificationend", "answered", "withdrawn")),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("answered_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.UniqueConstraint("key", name="uq_verification_key"),
    )
    op.create_index("ix_verification_case_id", "verification", ["case_id"])
    owed = ["unit_code", "ended_how", "due_on"]
    op.create_index("ix_verification_owed", "verification", owed)


def _reply_templates() -> None:
    op.create_table(
        "reply_template",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("key", name="uq_reply_template_key"),
    )
    template = sa.ForeignKey("reply_template.id")
    op.create_table(
        "reply_template_revision",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("template_id", sa.Integer(), template, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint(
            "template_id", "revision", name="uq_reply_template_revision_template_id_revision"
        ),
    )
    op.create_table(
        "reply_template_use",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("template_id", sa.Integer(), sa.ForeignKey("reply_template.id"), nullable=False),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_reply_template_use_template_id", "reply_template_use", ["template_id"])


def downgrade() -> None:
    for table in (
        "reply_template_use",
        "reply_template_revision",
        "reply_template",
        "own_note",
        "verification",
    ):
        op.drop_table(table)
    with op.batch_alter_table("assignment") as batch:
        batch.drop_constraint(op.f("ck_assignment_manner"), type_="check")
        batch.drop_column("report_by")
        batch.drop_column("manner")
    op.execute("DELETE FROM message WHERE kind IN ('report', 'verification', 'verified')")
    op.execute(
        "DELETE FROM compartment_key WHERE compartment_id IN"
        " (SELECT id FROM compartment WHERE label LIKE 'verification:%')"
    )
    op.execute("DELETE FROM compartment WHERE label LIKE 'verification:%'")
    _let_know([word for word in _known_texts() if word not in _TEXTS])


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
