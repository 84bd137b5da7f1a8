"""Which cases of the last year a change would have sent elsewhere, of those that the editor may
see. It only counts: no case is moved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from admin.responsibilities.change import Change
from admin.responsibilities.table import Table
from intake.cases.assignment import Assignment
from intake.cases.case import Case
from intake.rules.routing import Matter, responsible
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.campaign.responsibility import Responsibility

MOST_SHOWN = 50
_A_YEAR = timedelta(days=365)
# A table taken over whole may name a different day on each row; the first of them are enough.
_MOST_DAYS = 12

# Where a case goes now and where it would go; none: no row decides, so the office does.
Way = tuple[str | None, str | None]


@dataclass(frozen=True)
class Elsewhere:
    """A case that would have gone elsewhere."""

    number: str
    kind: Kind
    policy: str | None
    registered_on: date
    way: Way


@dataclass(frozen=True)
class Preview:
    """How many cases were looked at, how many would have gone which way, and the latest of
    them. `asks_who_did_it`: a row does, which only the words of a case could answer."""

    looked_at: int
    ways: list[tuple[Way, int]]
    cases: list[Elsewhere]
    days: list[date]
    asks_who_did_it: bool

    @property
    def number(self) -> int:
        """How many would have gone elsewhere."""
        return sum(number for _, number in self.ways)


def preview(session: Session, access: Access, table: Table, change: Change) -> Preview:
    """Put the cases of the last 365 days before the rows as they are and as they would be.

    Cases that agree in everything that some row asks for go the same way, so that the rule is asked
    once for them all.
    """
    asked = _Asked.of([*table.rows, *change.added], table.book)
    rules = _Rules(table, change)
    wanted = and_(Case.registered_on > table.today - _A_YEAR, visible(access))
    ways: dict[tuple[Any, ...], Way] = {}
    counted: Counter[Way] = Counter()
    looked_at = 0
    for *key, number in session.execute(asked.counted(wanted)):
        looked_at += number
        way = rules.way(asked.matter(key))
        if way is not None:
            ways[tuple(key)] = way
            counted[way] += number
    cases = _latest(session, asked, wanted, ways) if ways else []
    asks = any(row.actor for row in change.added)
    return Preview(looked_at, counted.most_common(), cases, change.days, asks)


@dataclass(frozen=True)
class _Asked:
    """What the rows ask of a case: the names of the fields of a matter and their columns. `around`
    keeps, for each place, those of the places around it that some row names."""

    columns: dict[str, Any]
    source: FromClause | None
    around: Mapping[str | None, frozenset[str]]

    @classmethod
    def of(cls, rows: Iterable[Responsibility], book: Book) -> _Asked:
        rows = list(rows)
        decided = _doers()
        columns = {
            "kind": (Case.kind, any(row.kind for row in rows)),
            "policy": (Case.policy_code, any(row.policy_code for row in rows)),
            "problem": (Case.problem_code, any(row.problem_code for row in rows)),
            "place": (Case.place_code, any(row.place_code for row in rows)),
            "actor": (decided.c.actor, any(row.actor for row in rows)),
        }
        asked = {name: column for name, (column, matters) in columns.items() if matters}
        named = {row.place_code for row in rows}
        around = {code: book.places_around(code) & named for code in (None, *book.places)}
        return cls(asked, decided if "actor" in asked else None, around)

    def counted(self, wanted: ColumnElement[bool]) -> Select[Any]:
        """The cases that agree in all of it, each sort once, with their number."""
        columns = self.columns.values()
        return self._from(select(*columns, func.count(Case.id))).where(wanted).group_by(*columns)

    def listed(self, wanted: ColumnElement[bool]) -> Select[Any]:
        """The cases one by one, the newest first."""
        shown = (Case.number, Case.kind, Case.policy_code, Case.registered_on)
        columns = self.columns.values()
        return self._from(select(*shown, *columns)).where(wanted).order_by(Case.id.desc())

    def among(self, keys: Iterable[tuple[Any, ...]]) -> ColumnElement[bool]:
        """A condition that holds for every case of these sorts, and perhaps for others."""
        conditions = []
        for column, values in zip(self.columns.values(), zip(*keys, strict=True), strict=True):
            there = set(values)
            fits = column.in_(there - {None})
            conditions.append(or_(fits, column.is_(None)) if None in there else fits)
        return and_(True, *conditions)

    def matter(self, key: Iterable[Any]) -> Matter:
        """What is known of a case of this sort, as it was when it was routed."""
        known = dict(zip(self.columns, key, strict=True))
        return Matter(
            kind=known.get("kind", ""),
            policy=known.get("policy"),
            problem=known.get("problem"),
            places=self.around[known.get("place")],
            actor=known.get("actor"),
        )

    def _from(self, query: Select[Any]) -> Select[Any]:
        if self.source is None:
            return query.select_from(Case)
        joined = self.source.c.case_id == Case.id
        return query.select_from(Case).join(self.source, joined, isouter=True)


class _Rules:
    """The rows in force on the days of a change, as they are and as they would be."""

    def __init__(self, table: Table, change: Change) -> None:
        self._days = [
            (
                _Index(row for row in table.rows if row.holds_on(day)),
                _Index(change.rows_on(table, day)),
            )
            for day in change.days[:_MOST_DAYS]
        ]
        self._known: dict[Matter, Way | None] = {}

    def way(self, matter: Matter) -> Way | None:
        """Which other way a case would go on the first day that makes a difference to it."""
        if matter not in self._known:
            self._known[matter] = self._find(matter)
        return self._known[matter]

    def _find(self, matter: Matter) -> Way | None:
        for now, then in self._days:
            way = (now.unit_for(matter), then.unit_for(matter))
            if way[0] != way[1]:
                return way
        return None


class _Index:
    """Rows by policy and problem, so that only a few of thousands are held against a case."""

    def __init__(self, rows: Iterable[Responsibility]) -> None:
        self._rows: dict[tuple[str | None, str | None], list[Responsibility]] = defaultdict(list)
        for row in rows:
            self._rows[row.policy_code, row.problem_code].append(row)

    def unit_for(self, matter: Matter) -> str | None:
        """The unit of the row that decides."""
        near = [
            row
            for policy in {None, matter.policy}
            for problem in {None, matter.problem}
            for row in self._rows.get((policy, problem), ())
        ]
        decides = responsible(matter, near)
        return decides.unit_code if decides else None


def _doers() -> Any:
    """Who did it, for the cases where a row asked for that when they were routed."""
    return (
        select(Assignment.case_id, func.min(Responsibility.actor).label("actor"))
        .join(Responsibility, Responsibility.id == Assignment.responsibility_id)
        .where(Responsibility.actor.is_not(None))
        .group_by(Assignment.case_id)
        .subquery()
    )


def _latest(
    session: Session,
    asked: _Asked,
    wanted: ColumnElement[bool],
    ways: dict[tuple[Any, ...], Way],
) -> list[Elsewhere]:
    """The latest cases that would have gone elsewhere, at most `MOST_SHOWN`."""
    found: list[Elsewhere] = []
    query = asked.listed(and_(wanted, asked.among(ways)))
    # Read on only as long as there is room: the condition lets some through that stay.
    rows = session.execute(query.execution_options(yield_per=MOST_SHOWN))
    for number, kind, policy, registered_on, *key in rows:
        way = ways.get(tuple(key))
        if way is not None:
            found.append(Elsewhere(number, kind, policy, registered_on, way))
        if len(found) == MOST_SHOWN:
            break
    rows.close()
    return found
