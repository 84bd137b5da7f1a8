"""Every release of a result keeps all that it said, and when and why it was withdrawn.

What stands on the site is what the last release said, so that one gets it. What earlier ones said
besides their texts was overwritten: it stays empty, since nobody knows it any more. A result that
was withdrawn and released again before this keeps no day of that withdrawal.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_KEYS = (
    ("problem_code", "problem_type", 10),
    ("unit_code", "unit", 20),
    ("place_code", "place", 20),
    ("policy_code", "policy", 20),
)
_COPIED = ("problem_code", "unit_code", "place_code", "policy_code", "rectify_by", "struck_off_on")
_NOTE = ("withdrawn_on", "withdrawn_because")
_DAYS = ("rectify_by", "struck_off_on", "withdrawn_on")
_RESULT = sa.table("result", *map(sa.column, ("number", *_COPIED, *_NOTE)))
_RELEASE = sa.table(
    "result_revision", *map(sa.column, ("result_number", "revision", *_COPIED, *_NOTE))
)


def upgrade() -> None:
    with op.batch_alter_table("result_revision") as batch:
        for name, table, length in _KEYS:
            key = sa.ForeignKey(f"{table}.code", name=_key(name, table))
            batch.add_column(sa.Column(name, sa.String(length), key))
        for name in _DAYS:
            batch.add_column(sa.Column(name, sa.Date()))
        batch.add_column(
            sa.Column("withdrawn_because", sa.String(200), nullable=False, server_default="")
        )
    _copy(_COPIED, _RESULT.c.withdrawn_on.is_(None))
    _copy(_NOTE, _RESULT.c.withdrawn_on.is_not(None))


def _copy(names: tuple[str, ...], which: sa.ColumnElement[bool]) -> None:
    """Give each result's last release what stands in the result."""
    stands = _RESULT.c.number == _RELEASE.c.result_number
    later = _RELEASE.alias("later")
    last = sa.select(sa.func.max(later.c.revision)).where(
        later.c.result_number == _RELEASE.c.result_number
    )
    taken = {name: sa.select(_RESULT.c[name]).where(stands).scalar_subquery() for name in names}
    op.execute(
        sa.update(_RELEASE)
        .where(_RELEASE.c.result_number.in_(sa.select(_RESULT.c.number).where(which)))
        .where(_RELEASE.c.revision == last.scalar_subquery())
        .values(taken)
    )


def downgrade() -> None:
    with op.batch_alter_table("result_revision") as batch:
        for name, table, _length in _KEYS:
            batch.drop_constraint(_key(name, table), type_="foreignkey")
            batch.drop_column(name)
        for name in (*_DAYS, "withdrawn_because"):
            batch.drop_column(name)


def _key(name: str, table: str) -> str:
    return op.f(f"fk_result_revision_{name}_{table}")
