"""Mistakes on the site that somebody pointed out, and what the campaign promises about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_OUTCOMES = ("corrected", "no_mistake", "not_about_site", "registered")


def upgrade() -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(sa.Column("mistakes", sa.JSON(), nullable=False, server_default="{}"))
    outcome = sa.Enum(
        *_OUTCOMES, name="mistakeoutcome", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "site_mistake",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("number", sa.String(20), nullable=False, unique=True),
        sa.Column("code_digest", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_page", sa.LargeBinary()),
        sa.Column("outcome", outcome),
        sa.Column("sealed_answer", sa.LargeBinary()),
        sa.Column("answered_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_by IS NULL)", name="answered_by_somebody"
        ),
        sa.CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="answered_once"),
    )
    op.create_index(
        "ix_site_mistake_outcome_reported_at", "site_mistake", ["outcome", "reported_at"]
    )
    op.create_index("ix_site_mistake_answered_at", "site_mistake", ["answered_at"])


def downgrade() -> None:
    op.drop_table("site_mistake")
    # Their boxes open for nobody any more.
    op.execute(
        "DELETE FROM compartment_key WHERE compartment_id IN "
        "(SELECT id FROM compartment WHERE label LIKE 'mistake:%')"
    )
    op.execute("DELETE FROM compartment WHERE label LIKE 'mistake:%'")
    with op.batch_alter_table("campaign") as batch:
        batch.drop_column("mistakes")
