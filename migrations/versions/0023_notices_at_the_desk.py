"""Notices that the office writes: drafts, releases, files, typical cases; withdrawal of notices and
results; where else what is published stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_KINDS = ("plan", "notice", "guide")
_NEW_KINDS = ("typical_case", "achievement")
_STATES = ("drafted", "sent_back", "signed", "scheduled", "released", "dropped")


def upgrade() -> None:
    with op.batch_alter_table("notice") as batch:
        batch.add_column(
            sa.Column("finding_body", sa.String(80), nullable=False, server_default="")
        )
        batch.add_column(
            sa.Column("document_number", sa.String(80), nullable=False, server_default="")
        )
        batch.add_column(sa.Column("withdrawn_on", sa.Date()))
        batch.add_column(
            sa.Column("withdrawn_because", sa.String(200), nullable=False, server_default="")
        )
        batch.add_column(
            sa.Column("from_desk", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    _let_know((*_KINDS, *_NEW_KINDS))
    with op.batch_alter_table("result") as batch:
        batch.add_column(sa.Column("withdrawn_on", sa.Date()))
        batch.add_column(
            sa.Column("withdrawn_because", sa.String(200), nullable=False, server_default="")
        )
    op.create_table(
        "notice_release",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("notice_slug", sa.String(60), sa.ForeignKey("notice.slug"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.UniqueConstraint("notice_slug", "revision"),
    )
    op.create_table(
        "notice_file",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(32), nullable=False, unique=True),
        sa.Column("notice_slug", sa.String(60), sa.ForeignKey("notice.slug"), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_notice_file_notice_slug", "notice_file", ["notice_slug"])
    op.create_table(
        "appearance",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("path", sa.String(120), nullable=False),
        sa.Column("outlet", sa.String(80), nullable=False),
        sa.Column("link", sa.String(400), nullable=False),
        sa.Column("appeared_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_appearance_path", "appearance", ["path"])
    _drafts()


def _drafts() -> None:
    op.create_table(
        "notice_draft",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("slug", sa.String(60), nullable=False),
        sa.Column("kind", _choice("noticekind", *_KINDS, *_NEW_KINDS), nullable=False),
        sa.Column("state", _choice("noticestate", *_STATES), nullable=False),
        sa.Column("drafted_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("signed_at", sa.DateTime(timezone=True)),
        sa.Column("released_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("released_at", sa.DateTime(timezone=True)),
        sa.Column("release_at", sa.DateTime(timezone=True)),
        sa.Column("problem_id", sa.Integer(), sa.ForeignKey("problem.id")),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_notice_draft_slug", "notice_draft", ["slug"])
    op.create_index("ix_notice_draft_state", "notice_draft", ["state"])
    op.create_table(
        "notice_draft_file",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("draft_id", sa.Integer(), sa.ForeignKey("notice_draft.id"), nullable=False),
        sa.Column("stored", sa.String(32), nullable=False),
    )
    op.create_index("ix_notice_draft_file_draft_id", "notice_draft_file", ["draft_id"])
    op.create_index("ix_notice_draft_file_stored", "notice_draft_file", ["stored"])


def downgrade() -> None:
    op.drop_table("notice_draft_file")
    op.drop_table("notice_draft")
    op.drop_table("appearance")
    op.drop_table("notice_file")
    op.drop_table("notice_release")
    op.execute("DELETE FROM notice WHERE kind IN ('typical_case', 'achievement')")
    _let_know(_KINDS)
    with op.batch_alter_table("result") as batch:
        batch.drop_column("withdrawn_because")
        batch.drop_column("withdrawn_on")
    with op.batch_alter_table("notice") as batch:
        for column in (
            "finding_body",
            "document_number",
            "withdrawn_on",
            "withdrawn_because",
            "from_desk",
        ):
            batch.drop_column(column)


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _let_know(words: tuple[str, ...]) -> None:
    name = op.f("ck_notice_noticekind")
    with op.batch_alter_table("notice") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"kind IN ({', '.join(map(repr, words))})")
