"""Formal documents of cases, the office's templates for them, and how they are numbered."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_KINDS = (
    "acceptance", "non_acceptance", "handling_opinion", "disclosure_answer", "correction",
    "extension",
)  # fmt: skip
_TEXTS = ("document_draft", "document")


def upgrade() -> None:
    known = _known_texts()
    _let_know([*known, *(word for word in _TEXTS if word not in known)])
    op.add_column(
        "campaign", sa.Column("document_number", sa.String(80), nullable=False, server_default="")
    )
    op.create_table(
        "formal_document",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("kind", _choice("documentkind", *_KINDS), nullable=False),
        sa.Column("state", _choice("documentstate", "draft", "issued"), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("drafted_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("issued_at", sa.DateTime(timezone=True)),
        sa.Column("year", sa.Integer()),
        sa.Column("serial", sa.Integer()),
        sa.Column("number", sa.String(120)),
        sa.Column("template_revision", sa.Integer()),
        sa.Column("delivered_on", sa.Date()),
        sa.Column("delivered_how", _choice("delivery", "in_person", "letter", "web", "other")),
        sa.UniqueConstraint("key", name="uq_formal_document_key"),
        sa.UniqueConstraint(
            "unit_code", "kind", "year", "serial",
            name="uq_formal_document_unit_code_kind_year_serial",
        ),
    )  # fmt: skip
    op.create_index("ix_formal_document_case_id", "formal_document", ["case_id"])
    op.create_table(
        "document_template",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", _choice("documentkind", *_KINDS), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("kind", "revision", name="uq_document_template_kind_revision"),
    )


def downgrade() -> None:
    op.drop_table("document_template")
    op.drop_table("formal_document")
    op.drop_column("campaign", "document_number")
    op.execute("DELETE FROM message WHERE kind IN ('document_draft', 'document')")
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
