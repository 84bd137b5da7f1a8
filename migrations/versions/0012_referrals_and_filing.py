"""Referrals to the bodies that may look into a matter, and cases filed as one sealed package."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_STATES = ("proposed", "refused", "decided", "referred", "returned", "concluded")
_STAGES = ("received", "talked", "verifying", "held", "opened", "other")
_OUTCOMES = (
    "unfounded", "settled", "not_opened", "admonished", "punished", "fined", "prosecuted",
    "sentenced",
)  # fmt: skip
_TEXTS = ("reason", "receipt", "refusal", "asked", "progress", "returned", "outcome")


def upgrade() -> None:
    op.add_column("campaign", sa.Column("referral", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column(
        "case", sa.Column("referred", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _referral()
    _filing()


def downgrade() -> None:
    op.drop_table("filing")
    op.drop_table("referral_text")
    # A package for a referral or for the files would be taken for one of a stranded case.
    op.execute("DELETE FROM package WHERE purpose <> 'hand_over'")
    with op.batch_alter_table("package") as batch:
        batch.drop_constraint(op.f("ck_package_purpose"), type_="check")
        batch.drop_constraint(op.f("fk_package_referral_id_referral"), type_="foreignkey")
        batch.drop_column("referral_id")
        batch.drop_column("purpose")
    op.drop_table("referral")
    op.drop_column("case", "referred")
    op.drop_column("campaign", "referral")


def _referral() -> None:
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("state", _choice("referralstate", *_STATES), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("with_contact", sa.Boolean(), nullable=False),
        sa.Column("found_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("referred_on", sa.Date()),
        sa.Column("stage", _choice("stage", *_STAGES)),
        sa.Column("last_news_on", sa.Date()),
        sa.Column("asked_on", sa.Date()),
        sa.Column("remind_on", sa.Date()),
        sa.Column("reminded_on", sa.Date()),
        sa.Column("outcome", _choice("referraloutcome", *_OUTCOMES)),
        sa.Column("concluded_on", sa.Date()),
        sa.Column("concluded_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("recovered", sa.Numeric(14, 2)),
        sa.Column("refunded", sa.Numeric(14, 2)),
        sa.Column("punished", sa.Integer()),
        sa.Column("told_on", sa.Date()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("key", name="uq_referral_key"),
    )
    op.create_index("ix_referral_case_id", "referral", ["case_id"])
    op.create_index("ix_referral_state_remind_on", "referral", ["state", "remind_on"])
    op.create_table(
        "referral_text",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("referral_id", sa.Integer(), sa.ForeignKey("referral.id"), nullable=False),
        sa.Column("kind", _choice("referraltextkind", *_TEXTS), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_referral_text_referral_id", "referral_text", ["referral_id"])


def _filing() -> None:
    with op.batch_alter_table("package") as batch:
        batch.add_column(
            sa.Column(
                "purpose",
                _choice("purpose", "hand_over", "referral", "filing"),
                nullable=False,
                server_default="hand_over",
            )
        )
        batch.add_column(
            sa.Column(
                "referral_id",
                sa.Integer(),
                sa.ForeignKey("referral.id", name=op.f("fk_package_referral_id_referral")),
            )
        )
    op.create_table(
        "filing",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("package_id", sa.Integer(), sa.ForeignKey("package.id"), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("filed_on", sa.Date()),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.UniqueConstraint("package_id", name="uq_filing_package_id"),
        sa.UniqueConstraint("sha256", name="uq_filing_sha256"),
    )
    op.create_index("ix_filing_case_id", "filing", ["case_id"])


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
