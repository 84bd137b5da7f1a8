"""Whatever is changed in whatever order: history stays, and no cell is held twice on one day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.responsibilities.change import Change, Refused, carry_out, ending, replacing
from admin.responsibilities.table import Table
from portal.campaign.responsibility import Responsibility
from portal.foundation import clock
from tests.admin.responsibilities.office import Office

START = datetime(2022, 6, 6, 4, 0, tzinfo=UTC)
Facts = tuple[Any, ...]

acts = st.lists(
    st.tuples(
        st.sampled_from(["add", "replace", "end"]),
        st.integers(0, 5),  # Which row, of those that are there.
        st.sampled_from(["MZ", "TY", "RS"]),
        st.sampled_from(["MZ11", "MZ12"]),
        st.integers(-2, 6),  # From or to which day, counted from today.
        st.integers(0, 3),  # Days that pass afterwards.
    ),
    max_size=12,
)


@contextmanager
def undone(office: Office) -> Iterator[Session]:
    """A session in which everything can be done, and after which nothing was. What only reads would
    remember the campaign as it was."""
    database = office.house.deployment.database
    with Session(database.engine, info=dict(database.session_info)) as session:
        yield session


def proposed(table: Table, act: tuple[Any, ...]) -> Change:
    what, which, unit, policy, days, _ = act
    day = table.today + timedelta(days=days)
    rows = [row for row in table.rows if row.policy_code in {"MZ11", "MZ12"}]
    row = rows[which % len(rows)]
    if what == "end":
        return Change(ended=ending(row, day))
    if what == "replace":
        return replacing(row, unit, "x", day)
    cells = dict.fromkeys(("problem_code", "place_code", "kind", "actor"))
    new = Responsibility(
        policy_code=policy, **cells, unit_code=unit, basis="x", valid_from=day, valid_to=None
    )
    return Change(added=(new,))


def facts(session: Session) -> dict[int, Facts]:
    rows = session.scalars(select(Responsibility))
    return {r.id: (r.cell, r.unit_code, r.basis, r.valid_from) for r in rows}


def in_force(session: Session, day: date) -> dict[Facts, str]:
    rows = session.scalars(select(Responsibility)).all()
    return {row.cell: row.unit_code for row in rows if row.holds_on(day)}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts)
def test_no_cell_is_held_twice_and_the_past_stays(office: Office, done: list[Any]) -> None:
    with undone(office) as session:
        by = office.house.deployment.staff_id(session, "chen")
        now = START
        for act in done:
            with clock.stopped_at(now):
                table = Table.read(session)
                before = facts(session)
                past = in_force(session, table.today - timedelta(days=1))
                try:
                    carry_out(session, proposed(table, act), table, by=by, seen=table.version)
                except Refused:
                    assert facts(session) == before
                    continue
                after = facts(session)
                assert before.items() <= after.items()
                assert in_force(session, table.today - timedelta(days=1)) == past
            rows = session.scalars(select(Responsibility)).all()
            for one, other in combinations(rows, 2):
                assert one.cell != other.cell or not one.meets(other.valid_from, other.valid_to)
            now += timedelta(days=act[-1])
