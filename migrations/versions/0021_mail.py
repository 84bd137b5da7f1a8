"""Notices by mail: the medium of an address and of a message, messages to staff, and where a member
of staff is mailed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_PRIMARY = "pk_notice_address"


def upgrade() -> None:
    with op.batch_alter_table("notice_address") as batch:
        batch.add_column(_medium())
    with op.batch_alter_table("notice_address") as batch:
        batch.drop_constraint(op.f(_PRIMARY), type_="primary")
        batch.create_primary_key(op.f(_PRIMARY), ["case_id", "medium"])
    with op.batch_alter_table("outbound_text") as batch:
        batch.add_column(_medium())
        batch.add_column(
            sa.Column(
                "staff_id",
                sa.Integer(),
                sa.ForeignKey("staff.id", name=op.f("fk_outbound_text_staff_id_staff")),
            )
        )
        batch.alter_column("case_id", existing_type=sa.Integer(), nullable=True)
    with op.batch_alter_table("outbound_text") as batch:
        batch.create_check_constraint(
            op.f("ck_outbound_text_one_addressee"), "(case_id IS NULL) <> (staff_id IS NULL)"
        )
    op.create_table(
        "staff_mail",
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    op.drop_table("staff_mail")
    op.execute("DELETE FROM outbound_text WHERE medium = 'mail'")
    with op.batch_alter_table("outbound_text") as batch:
        batch.drop_constraint(op.f("ck_outbound_text_one_addressee"), type_="check")
        batch.drop_constraint(op.f("ck_outbound_text_medium"), type_="check")
        batch.drop_constraint(op.f("fk_outbound_text_staff_id_staff"), type_="foreignkey")
        batch.alter_column("case_id", existing_type=sa.Integer(), nullable=False)
        batch.drop_column("staff_id")
        batch.drop_column("medium")
    op.execute("DELETE FROM notice_address WHERE medium = 'mail'")
    with op.batch_alter_table("notice_address") as batch:
        batch.drop_constraint(op.f(_PRIMARY), type_="primary")
        batch.drop_constraint(op.f("ck_notice_address_medium"), type_="check")
        batch.create_primary_key(op.f(_PRIMARY), ["case_id"])
        batch.drop_column("medium")


def _medium() -> sa.Column[str]:
    medium = sa.Enum(
        "text", "mail", name="medium", native_enum=False, create_constraint=True, length=40
    )
    return sa.Column("medium", medium, nullable=False, server_default="text")
