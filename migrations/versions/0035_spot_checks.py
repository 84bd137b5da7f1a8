"""Spot checks: what the campaign says of them, the published records, and what office and teams
write down."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_STATES = ("preparing", "frozen", "drawn", "dropped")
_RISKS = ("certain", "nil", "coverage", "weak", "few", "others")
_KINDS = ("visits", "conclusion")


def upgrade() -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(sa.Column("spot_check", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "spot_check_record",
        sa.Column("number", sa.String(20), primary_key=True),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True)),
        sa.Column("kept", sa.JSON(), nullable=False),
    )
    _checks()
    _teams()
    _units()


def _checks() -> None:
    op.create_table(
        "spot_check",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("number", sa.String(20), nullable=False, unique=True),
        sa.Column("state", _choice("checkstate", _STATES), nullable=False),
        _somebody("opened_by"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.Integer()),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("number_on", sa.Date()),
        sa.Column("seed", sa.LargeBinary()),
        _somebody("frozen_by", nullable=True),
        _somebody("drawn_by", nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "spot_check_reason",
        sa.Column("id", sa.Integer(), primary_key=True),
        _check(),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _somebody("staff_id"),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_spot_check_reason_check_id", "spot_check_reason", ["check_id"])


def _teams() -> None:
    op.create_table(
        "spot_check_team",
        sa.Column("id", sa.Integer(), primary_key=True),
        _check(),
        _somebody("made_by"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_spot_check_team_check_id", "spot_check_team", ["check_id"])
    op.create_table(
        "spot_check_member",
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("spot_check_team.id"), primary_key=True),
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff.id"), primary_key=True),
    )
    op.create_index(op.f("ix_spot_check_member_staff_id"), "spot_check_member", ["staff_id"])


def _units() -> None:
    op.create_table(
        "spot_check_unit",
        sa.Column("check_id", sa.Integer(), sa.ForeignKey("spot_check.id"), primary_key=True),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), primary_key=True),
        sa.Column("stratum", _choice("risk", _RISKS), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("spot_check_team.id")),
    )
    op.create_index("ix_spot_check_unit_team_id", "spot_check_unit", ["team_id"])
    op.create_table(
        "spot_check_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(20), nullable=False),
        sa.Column("team_id", sa.Integer(), sa.ForeignKey("spot_check_team.id"), nullable=False),
        sa.Column("kind", _choice("checkentrykind", _KINDS), nullable=False),
        sa.Column("visited_on", sa.Date()),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _somebody("staff_id"),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        _of_a_unit(),
    )
    op.create_table(
        "spot_check_finding",
        sa.Column("problem_id", sa.Integer(), sa.ForeignKey("problem.id"), primary_key=True),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(20), nullable=False),
        _of_a_unit(),
    )
    for table in ("spot_check_entry", "spot_check_finding"):
        op.create_index(f"ix_{table}_check_id_unit_code", table, ["check_id", "unit_code"])


_COUNTS = ("visited", "confirmed", "deviating")


def downgrade() -> None:
    for table in (
        "spot_check_finding",
        "spot_check_entry",
        "spot_check_unit",
        "spot_check_member",
        "spot_check_team",
        "spot_check_reason",
        "spot_check",
        "spot_check_record",
    ):
        op.drop_table(table)
    with op.batch_alter_table("campaign") as batch:
        batch.drop_column("spot_check")


def _check() -> sa.Column[int]:
    return sa.Column("check_id", sa.Integer(), sa.ForeignKey("spot_check.id"), nullable=False)


def _somebody(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey("staff.id"), nullable=nullable)


def _of_a_unit() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["check_id", "unit_code"], ["spot_check_unit.check_id", "spot_check_unit.unit_code"]
    )


def _choice(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
