"""The cases that are still open, by unit, kind and what was decided about them: every figure counts
the very rows that its list shows. Read only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, and_, func, select, tuple_
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.figures.scope import Scope
from admin.referrals.sight import decided_by
from intake.cases.case import Case
from intake.cases.continuation import Continuation, Way
from intake.going_on import still_holds
from intake.rules.lifecycle import OPEN_STATES
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation.staff import Staff

PAGE_SIZE = 50
MOST_COUNTED = 1000
_CURSOR = re.compile(r"(\d{4}-\d{2}-\d{2})_([A-Z]{1,4}\d{4,12})", re.ASCII)


class Part(StrEnum):
    """Some of the open cases, or all, by what was decided; the values are words of addresses."""

    ALL = "all"
    UNDECIDED = "undecided"
    KEPT = "kept"
    HANDED_ON = "handed-on"

    @property
    def official(self) -> str:
        """What stands on its tab."""
        return {
            Part.ALL: "全部未结",
            Part.UNDECIDED: "还没有定",
            Part.KEPT: "留办",
            Part.HANDED_ON: "移交",
        }[self]


# What every open case is one of.
BY_WAY: Mapping[Way | None, Part] = {
    None: Part.UNDECIDED,
    Way.KEPT: Part.KEPT,
    Way.HANDED_ON: Part.HANDED_ON,
}


@dataclass(frozen=True)
class Sums:
    """How many cases there are of each part."""

    by_part: Mapping[Part, int] = field(default_factory=dict)

    def of(self, part: Part) -> int:
        """How many of one part."""
        return self.total if part is Part.ALL else self.by_part.get(part, 0)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_part.values())

    def __add__(self, other: Sums) -> Sums:
        return Sums({part: self.of(part) + other.of(part) for part in BY_WAY.values()})


Table = Mapping[tuple[str, Kind], Sums]


@dataclass(frozen=True)
class Wanted:
    """What a list shows; `number` narrows it to one case, `after` says where its page begins."""

    part: Part = Part.UNDECIDED
    unit: str = ""
    kind: Kind | None = None
    number: str = ""
    after: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str], book: Book) -> Wanted:
        """The list of an address; what makes no sense is left out."""
        part, unit = args.get("part", ""), args.get("unit", "")
        return cls(
            part=Part(part) if part in set(Part) else Part.UNDECIDED,
            unit=unit if unit in book.units else "",
            kind=Kind.from_slug(args.get("kind", "")),
            number=args.get("number", "")[:20],
            after=args.get("after", "")[:40],
        )

    @property
    def query(self) -> str:
        """The list as the query part of an address."""
        given = {
            "part": self.part.value,
            "unit": self.unit,
            "kind": self.kind.slug if self.kind else "",
            "number": self.number,
            "after": self.after,
        }
        return urlencode({name: value for name, value in given.items() if value})

    def but(self, **changed: Any) -> Wanted:
        """The first page of another list."""
        return replace(self, **{"after": "", **changed})


@dataclass(frozen=True)
class Page:
    """A page of cases, each with what was decided about it; `next` is where the following begins,
    empty where there is none."""

    rows: Sequence[tuple[Case, Continuation | None]]
    next: str


def decides_about(access: Access, book: Book) -> ColumnElement[bool]:
    """The open cases with which this person says how they go on."""
    return and_(Case.state.in_(OPEN_STATES), decided_by(access, book))


def counts_only(access: Access, staff: Staff) -> ColumnElement[bool]:
    """The open cases that an auditor may count: those that don't accuse him."""
    return and_(Case.state.in_(OPEN_STATES), Scope.of(access, staff).cases)


def count(session: Session, scope: ColumnElement[bool]) -> Table:
    """How many cases of a scope there are, by unit, kind and what was decided."""
    keys = (Case.unit_code, Case.kind, Continuation.way)
    wanted = _decided(select(*keys, func.count()).select_from(Case)).where(scope)
    found: dict[tuple[str, Kind], dict[Part, int]] = defaultdict(dict)
    for unit, kind, way, number in session.execute(wanted.group_by(*keys)):
        found[unit, kind][BY_WAY[way]] = number
    return {key: Sums(by_part) for key, by_part in found.items()}


def total(sums: Iterable[Sums]) -> Sums:
    """All of them together."""
    return sum(sums, Sums())


def count_undecided(session: Session, access: Access, book: Book) -> int:
    """How many cases nobody has decided about; past `MOST_COUNTED` it stays at one more."""
    undecided = _decided(select(Case.id)).where(
        decides_about(access, book), Continuation.way.is_(None)
    )
    some = undecided.limit(MOST_COUNTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def read_page(session: Session, access: Access, book: Book, wanted: Wanted) -> Page:
    """A page of one list, what is due first on top."""
    query = _decided(select(Case, Continuation)).where(
        decides_about(access, book), *_narrowed(wanted)
    )
    begin = _CURSOR.fullmatch(wanted.after)
    if begin:
        at = tuple_(date.fromisoformat(begin[1]), begin[2])
        query = query.where(tuple_(Case.due_on, Case.number) > at)
    ordered = query.order_by(Case.due_on, Case.number).limit(PAGE_SIZE + 1)
    rows = [(row.Case, row.Continuation) for row in session.execute(ordered)]
    last = rows[PAGE_SIZE - 1][0] if len(rows) > PAGE_SIZE else None
    return Page(rows[:PAGE_SIZE], f"{last.due_on.isoformat()}_{last.number}" if last else "")


def _decided(query: Any) -> Any:
    """Beside each case what was decided about it, as far as it still holds."""
    holds = and_(Continuation.case_id == Case.id, still_holds())
    return query.join(Continuation, holds, isouter=True)


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    if wanted.number:
        return [Case.number == wanted.number]
    conditions = [_of_part(wanted.part)] if wanted.part is not Part.ALL else []
    conditions += [Case.unit_code == wanted.unit] if wanted.unit else []
    return [*conditions, *([Case.kind == wanted.kind] if wanted.kind else [])]


def _of_part(part: Part) -> ColumnElement[bool]:
    way = next(way for way, found in BY_WAY.items() if found is part)
    return Continuation.way == way if way else Continuation.way.is_(None)
