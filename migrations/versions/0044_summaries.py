"""Summaries: what units give to them, what the office puts together, what was sent upward."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

_STATES = ("filled_in", "handed_in", "accepted", "sent_back")
_KINDS = (
    "acceptance",
    "non_acceptance",
    "handling_opinion",
    "disclosure_answer",
    "correction",
    "extension",
)
_TEMPLATES = op.f("ck_document_template_documentkind")


def upgrade() -> None:
    # Until the campaign's folder is loaded again, it collects no summaries.
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(sa.Column("summaries", sa.JSON(), nullable=False, server_default="{}"))
    _what_units_give()
    _what_the_office_makes()
    with op.batch_alter_table("document_template") as batch:
        batch.drop_constraint(_TEMPLATES, type_="check")
        batch.create_check_constraint(
            op.f("ck_document_template_templatekind"), _one_of(*_KINDS, "summary")
        )


def downgrade() -> None:
    with op.batch_alter_table("document_template") as batch:
        batch.drop_constraint(op.f("ck_document_template_templatekind"), type_="check")
        batch.create_check_constraint(_TEMPLATES, _one_of(*_KINDS))
    for table in ("sending_note", "sending", "summary", "summary_reminder", "contribution"):
        op.drop_table(table)
    with op.batch_alter_table("campaign") as batch:
        batch.drop_column("summaries")


def _what_units_give() -> None:
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("receiver_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("duty", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", _choice("returnstate", _STATES), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64)),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("correction", sa.LargeBinary()),
        sa.Column("sent_back_for", sa.LargeBinary()),
        sa.Column("confirmed_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("signed_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("unit_code", "duty", "version"),
    )
    op.create_index(op.f("ix_contribution_duty"), "contribution", ["duty"])
    op.create_table(
        "summary_reminder",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("duty", sa.String(40), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("duty", "unit_code", "reminded_on"),
    )


def _what_the_office_makes() -> None:
    op.create_table(
        "summary",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(8), nullable=False),
        sa.Column("duty", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            _choice("summarystate", ("drafted", "frozen", "approved", "sent_back")),
            nullable=False,
        ),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("behind", sa.LargeBinary()),
        sa.Column("answers", sa.LargeBinary()),
        sa.Column("reason", sa.LargeBinary()),
        sa.Column("content", sa.Text()),
        sa.Column("digest", sa.String(64)),
        sa.Column("template_revision", sa.Integer()),
        sa.Column("frozen_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("frozen_at", sa.DateTime(timezone=True)),
        sa.Column("approved_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("approved_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("duty", "revision"),
    )
    op.create_table(
        "sending",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(8), nullable=False),
        sa.Column("summary_id", sa.Integer(), sa.ForeignKey("summary.id")),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column(
            "how", _choice("howsent", ("exchange", "mail", "paper", "other")), nullable=False
        ),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("file_type", sa.String(8), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("noted_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("key"),
    )
    op.create_index(op.f("ix_sending_summary_id"), "sending", ["summary_id"])
    op.create_table(
        "sending_note",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sending_id", sa.Integer(), sa.ForeignKey("sending.id"), nullable=False),
        sa.Column("heard", _choice("heard", ("received", "returned")), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("noted_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(op.f("ix_sending_note_sending_id"), "sending_note", ["sending_id"])


def _one_of(*words: str) -> str:
    return f"kind IN ({', '.join(map(repr, words))})"


def _choice(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
