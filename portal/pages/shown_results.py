"""What the public reads of the rectification results: how many, which, and in what order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from portal.campaign.book import Book
from portal.published.result import STANDING, Result, ResultRevision
from portal.published.result_totals import (
    FATES,
    DayTotals,
    Fate,
    Release,
    day_totals,
)

PAGE = 20


@dataclass(frozen=True)
class Wanted:
    """Which results are asked for; an empty field asks for all."""

    unit: str = ""
    problem: str = ""
    street: str = ""
    state: str = ""

    def changed(self, **to: str) -> dict[str, str]:
        """The query of the same list with some fields changed, empty ones left out."""
        kept = {one.name: getattr(self, one.name) for one in fields(self)} | to
        return {name: value for name, value in kept.items() if value}


@dataclass(frozen=True)
class Count:
    """How many results share a unit, a problem type, a street and a fate."""

    unit: str
    problem: str
    street: str
    fate: Fate
    number: int


def counts(session: Session, found: Book) -> list[Count]:
    """The published results, counted. One small query; everything else is adding up."""
    cells = (Result.unit_code, Result.problem_code, Result.place_code, Result.state)
    return [
        Count(unit, problem, street_of(found, place), FATES[state], number)
        for unit, problem, place, state, number in session.execute(
            select(*cells, func.count()).where(STANDING).group_by(*cells)
        )
    ]


def counts_and_history(session: Session, found: Book) -> tuple[list[Count], list[DayTotals]]:
    """The same counts, and how the totals came about: one query over all releases, and so the last
    day's totals are the sums of the counts."""
    rows = session.execute(
        select(
            ResultRevision.result_number,
            ResultRevision.released_at,
            ResultRevision.state,
            ResultRevision.withdrawn_on,
            Result.unit_code,
            Result.problem_code,
            Result.place_code,
        )
        .join(Result, Result.number == ResultRevision.result_number)
        .order_by(ResultRevision.result_number, ResultRevision.revision)
    ).all()
    last = {row.result_number: row for row in rows}
    counted = Counter(
        (row.unit_code, row.problem_code, street_of(found, row.place_code), FATES[row.state])
        for row in last.values()
        if row.withdrawn_on is None
    )
    history = day_totals(Release(*row[:4]) for row in rows)
    return [Count(*cell, number) for cell, number in counted.items()], history


def totals(counted: Iterable[Count], wanted: Wanted) -> dict[Fate, int]:
    """How many of the wanted results met each fate; the fate that is asked for narrows nothing."""
    sums = dict.fromkeys(Fate, 0)
    for one in counted:
        if (
            wanted.unit in {"", one.unit}
            and wanted.problem in {"", one.problem}
            and wanted.street in {"", one.street}
        ):
            sums[one.fate] += one.number
    return sums


def newest(session: Session, wanted: Wanted, found: Book, *, after: str = "") -> list[Result]:
    """The wanted results, latest release first, from behind the one numbered `after`.

    Up to `PAGE` + 1 of them: the last only tells that there are more.
    """
    listed = _wanted_rows(wanted, found).order_by(Result.released_at.desc(), Result.number.desc())
    last = session.get(Result, after) if after else None
    if last:
        behind = tuple_(Result.released_at, Result.number) < tuple_(last.released_at, last.number)
        listed = listed.where(behind)
    return list(session.scalars(listed.limit(PAGE + 1)))


def street_of(found: Book, place: str | None) -> str:
    """The street that a place is or lies in; empty where there is none."""
    if place is None:
        return ""
    return found.places[place].parent_code or place


def place_name(found: Book, place: str | None) -> str:
    """A place with its street before it; empty where there is none."""
    return found.place_name(place)


def _wanted_rows(wanted: Wanted, found: Book) -> Select[Result]:
    listed = select(Result).where(STANDING)
    if wanted.unit:
        listed = listed.where(Result.unit_code == wanted.unit)
    if wanted.problem:
        listed = listed.where(Result.problem_code == wanted.problem)
    if wanted.street:
        inside = [code for code in found.places if street_of(found, code) == wanted.street]
        listed = listed.where(Result.place_code.in_(inside))
    if wanted.state:
        listed = listed.where(Result.state.in_(Fate(wanted.state).states))
    return listed
