"""Of what stands elsewhere: who recorded it, and what became of it there since it was taken down
here. Of a mistake on the site: when the desk was reminded of it, and that it is overdue."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0040"
branch_labels = None
depends_on = None

_STAYS = ("printed", "broadcast", "archived", "refused")
_SINCE = ("gone_on", "ended_on", "ended_by", "stays")


def upgrade() -> None:
    stays = sa.Enum(
        *_STAYS, name="staysbecause", native_enum=False, create_constraint=True, length=40
    )
    with op.batch_alter_table("appearance") as batch:
        batch.add_column(_staff("recorded_by"))
        batch.add_column(sa.Column("gone_on", sa.Date()))
        batch.add_column(sa.Column("ended_on", sa.Date()))
        batch.add_column(_staff("ended_by"))
        batch.add_column(sa.Column("stays", stays))
        batch.create_check_constraint(
            op.f("ck_appearance_ended_once"), "(ended_on IS NULL) = (ended_by IS NULL)"
        )
        batch.create_check_constraint(
            op.f("ck_appearance_ended_after_it_went"), "ended_on IS NULL OR gone_on IS NOT NULL"
        )
        batch.create_check_constraint(
            op.f("ck_appearance_stays_once_ended"), "stays IS NULL OR ended_on IS NOT NULL"
        )
    with op.batch_alter_table("site_mistake") as batch:
        batch.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True)))
        batch.add_column(sa.Column("overdue_at", sa.DateTime(timezone=True)))
    _remember_who()
    _note_what_went()


def _staff(name: str) -> sa.Column[int]:
    key = sa.ForeignKey("staff.id", name=op.f(f"fk_appearance_{name}_staff"))
    return sa.Column(name, sa.Integer(), key)


def _remember_who() -> None:
    """Until now the chain of events alone knew who recorded an appearance."""
    event = sa.table(
        "event", sa.column("name"), sa.column("staff_id"), sa.column("facts", sa.JSON())
    )
    recorded = sa.select(event.c.facts, event.c.staff_id).where(
        event.c.name == "appearance_recorded"
    )
    for facts, staff_id in op.get_bind().execute(recorded).all():
        _set(_APPEARANCE.c.id == facts["appearance"], recorded_by=staff_id)


def _note_what_went() -> None:
    """What was taken down here before somebody followed its copies."""
    for room, table, key, gone in (
        ("results", "result", "number", "withdrawn_on"),
        ("notices", "notice", "slug", "withdrawn_on"),
        ("distributions", "distribution", "number", "taken_down_on"),
    ):
        name, day = sa.column(key, sa.String()), sa.column(gone, sa.Date())
        taken_down = sa.select(name, day).select_from(sa.table(table)).where(day.is_not(None))
        for which, on in op.get_bind().execute(taken_down).all():
            _set(_APPEARANCE.c.path == f"/{room}/{which}", gone_on=on)
    figures = sa.table(
        "month_figures",
        sa.column("month", sa.Date()),
        sa.column("kept"),
        sa.column("changed_at", sa.DateTime(timezone=True)),
    )
    withdrawn = sa.select(figures.c.month, figures.c.changed_at).where(figures.c.kept.is_(None))
    for month, at in op.get_bind().execute(withdrawn).all():
        _set(_APPEARANCE.c.path == f"/figures?month={month:%Y-%m}", gone_on=_day(at))


def _day(at: datetime) -> date:
    """The Shanghai day of a moment; SQLite forgets that it is in UTC."""
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(timezone(timedelta(hours=8))).date()


_APPEARANCE = sa.table(
    "appearance",
    sa.column("id"),
    sa.column("path"),
    sa.column("recorded_by"),
    sa.column("gone_on", sa.Date()),
)


def _set(which: sa.ColumnElement[bool], **values: Any) -> None:
    op.get_bind().execute(sa.update(_APPEARANCE).where(which).values(**values))


def downgrade() -> None:
    with op.batch_alter_table("site_mistake") as batch:
        batch.drop_column("overdue_at")
        batch.drop_column("reminded_at")
    with op.batch_alter_table("appearance") as batch:
        for name in ("ended_once", "ended_after_it_went", "stays_once_ended", "staysbecause"):
            batch.drop_constraint(op.f(f"ck_appearance_{name}"), type_="check")
        for name in ("recorded_by", "ended_by"):
            batch.drop_constraint(op.f(f"fk_appearance_{name}_staff"), type_="foreignkey")
        for name in (*_SINCE, "recorded_by"):
            batch.drop_column(name)
