"""Retention: for how long the campaign keeps what, when each case ended, what was destroyed, what
will be, and what is held."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_ENDED = ("closed", "declined", "withdrawn")
_ENDING = ("closed", "given_up", "declined", "withdrawn")
_RUNS = sa.text("ended_at IS NULL")
_GONE = sa.text("destroyed_on IS NOT NULL")
_NEW_DAYS = ("ended_on", "contact_destroyed_on", "destroyed_on")
_AT_ONCE = 500


def upgrade() -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(sa.Column("retention", sa.JSON(), nullable=False, server_default="{}"))
    for name in _NEW_DAYS:
        op.add_column("case", sa.Column(name, sa.Date()))
    _note_when_cases_ended()
    op.create_index("ix_case_ended_on", "case", ["ended_on", "destroyed_on"])
    op.create_index(
        "ix_case_destroyed_on",
        "case",
        ["destroyed_on"],
        sqlite_where=_GONE,
        postgresql_where=_GONE,
    )
    _notices()
    _holds()


def _notices() -> None:
    op.create_table(
        "destruction_notice",
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("what", _choice("what", ("contact", "words")), primary_key=True),
        sa.Column(
            "reason", _choice("reason", ("period", "withdrawn", "requested")), nullable=False
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_destruction_notice_due_on", "destruction_notice", ["due_on", "case_id"])


def _holds() -> None:
    op.create_table(
        "destruction_hold",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("held_by", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
    )
    op.create_index(
        "uq_destruction_hold_running",
        "destruction_hold",
        ["case_id"],
        unique=True,
        sqlite_where=_RUNS,
        postgresql_where=_RUNS,
    )


def _note_when_cases_ended() -> None:
    """By the last event that ended each case which is over; without one, the day it came."""
    case = sa.table(
        "case",
        sa.column("id", sa.Integer),
        sa.column("state", sa.String),
        sa.column("registered_on", sa.Date),
        sa.column("ended_on", sa.Date),
    )
    event = sa.table(
        "event",
        sa.column("case_id", sa.Integer),
        sa.column("name", sa.String),
        sa.column("happened_at", sa.DateTime(timezone=True)),
    )
    last = (
        sa.select(event.c.case_id, sa.func.max(event.c.happened_at).label("at"))
        .where(event.c.name.in_(_ENDING))
        .group_by(event.c.case_id)
        .subquery()
    )
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(case.c.id, case.c.registered_on, last.c.at)
        .join(last, last.c.case_id == case.c.id, isouter=True)
        .where(case.c.state.in_(_ENDED))
    ).all()
    ended = [{"key": one.id, "day": _day(one.at) or one.registered_on} for one in rows]
    setting = case.update().where(case.c.id == sa.bindparam("key"))
    for at in range(0, len(ended), _AT_ONCE):
        batch = ended[at : at + _AT_ONCE]
        connection.execute(setting.values(ended_on=sa.bindparam("day")), batch)


def _day(moment: datetime | None) -> date | None:
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(_SHANGHAI).date()


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, native_enum=False, create_constraint=True, length=40, name=name)


def downgrade() -> None:
    op.drop_table("destruction_hold")
    op.drop_table("destruction_notice")
    op.drop_index("ix_case_destroyed_on", "case")
    op.drop_index("ix_case_ended_on", "case")
    for name in _NEW_DAYS:
        op.drop_column("case", name)
    with op.batch_alter_table("campaign") as batch:
        batch.drop_column("retention")
