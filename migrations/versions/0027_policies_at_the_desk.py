"""The policy list in the office's hands: where to apply and what to bring, the end of a policy, its
dated versions, and drafts of changes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_TEXTS = ("name", "unit_code", "eligibility", "standard", "payment", "legal_basis")
_LISTS = ("aliases", "needs")
_FLAGS = ("discreet", "in_scope", "sample")
_NOTE = "随工作方案的数据装入"


def upgrade() -> None:
    with op.batch_alter_table("policy") as batch:
        batch.add_column(_text("apply_at", 400))
        batch.add_column(_text("materials", 600))
        batch.add_column(sa.Column("ended_on", sa.Date()))
    version = op.create_table(
        "policy_version",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("policy_code", sa.String(20), sa.ForeignKey("policy.code"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("holds_from", sa.Date()),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(400), nullable=False),
        sa.UniqueConstraint("policy_code", "number"),
    )
    states = ("drafted", "sent_back", "released")
    op.create_table(
        "policy_draft",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(20), nullable=False, unique=True),
        sa.Column(
            "state",
            sa.Enum(
                *states, name="draftstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("drafted_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("released_at", sa.DateTime(timezone=True)),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    _first_versions(version)


def downgrade() -> None:
    op.execute(
        "DELETE FROM compartment_key WHERE compartment_id IN"
        " (SELECT id FROM compartment WHERE label LIKE 'policies|%')"
    )
    op.execute("DELETE FROM compartment WHERE label LIKE 'policies|%'")
    op.drop_table("policy_draft")
    op.drop_table("policy_version")
    with op.batch_alter_table("policy") as batch:
        batch.drop_column("ended_on")
        batch.drop_column("materials")
        batch.drop_column("apply_at")


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False, server_default="")


def _first_versions(version: sa.Table) -> None:
    """What stands in the list of a database that is in use already is its first version."""
    policy = sa.table(
        "policy",
        sa.column("code", sa.String),
        *(sa.column(name, sa.String) for name in (*_TEXTS, "source_status")),
        *(sa.column(name, sa.JSON) for name in _LISTS),
        *(sa.column(name, sa.Boolean) for name in _FLAGS),
    )
    campaign = sa.table("campaign", sa.column("loaded_at", sa.DateTime(timezone=True)))
    connection = op.get_bind()
    loaded_at = connection.execute(sa.select(campaign.c.loaded_at)).scalar()
    rows = connection.execute(sa.select(policy)).mappings().all()
    if rows:
        connection.execute(sa.insert(version), [_first(row, loaded_at) for row in rows])


def _first(row: Any, loaded_at: Any) -> dict[str, Any]:
    fields = {name: value for name, value in row.items() if name != "code"}
    return {
        "policy_code": row["code"],
        "number": 1,
        "released_at": loaded_at,
        "released_by": None,
        "holds_from": None,
        "waits": False,
        "fields": {**fields, "apply_at": "", "materials": "", "ended_on": None},
        "note": _NOTE,
    }
