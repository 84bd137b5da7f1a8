"""What the public reads of the rectification results: how many, which, and in what order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from portal.campaign.book import Book
from portal.published.result import STANDING, Result, ResultState

PAGE = 20


class Fate(StrEnum):
    """What became of a problem, coarse enough to add up: found = the sum of these four."""

    STRUCK_OFF = "struck_off"
    IN_HAND = "in_hand"
    CARRIED_OVER = "carried_over"
    UNFOUNDED = "unfounded"

    @property
    def plain(self) -> str:
        """In a citizen's words."""
        return _PLAIN[self]

    @property
    def states(self) -> tuple[ResultState, ...]:
        """The states of the ledger that it takes together."""
        return _STATES[self]


_PLAIN = {
    Fate.STRUCK_OFF: "已销号",
    Fate.IN_HAND: "正在改",
    Fate.CARRIED_OVER: "暂时改不了",
    Fate.UNFOUNDED: "查了不属实",
}
_STATES = {
    Fate.STRUCK_OFF: (ResultState.STRUCK_OFF,),
    Fate.IN_HAND: (ResultState.FOUND, ResultState.RECTIFYING, ResultState.RECTIFIED),
    Fate.CARRIED_OVER: (ResultState.CARRIED_OVER,),
    Fate.UNFOUNDED: (ResultState.UNFOUNDED,),
}


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
    fates = {state: fate for fate in Fate for state in fate.states}
    return [
        Count(unit, problem, street_of(found, place), fates[state], number)
        for unit, problem, place, state, number in session.execute(
            select(*cells, func.count()).where(STANDING).group_by(*cells)
        )
    ]


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
