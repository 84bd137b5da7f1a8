"""谁主管谁负责: which dated row decides who is responsible (plan 四(二), 四(四)).

The policy decides; a row for the problem type goes before it (what a bank did, what several units
share); a place, a kind or an actor makes a row more particular. Two rows that say different things
equally well decide nothing: that is for people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar


class Row(Protocol):
    """One row of responsibilities."""

    id: int
    policy_code: str | None
    problem_code: str | None
    place_code: str | None
    unit_code: str
    basis: str

    @property
    def kind(self) -> str | None:
        """The kind of case it is for, if only one."""

    @property
    def actor(self) -> str | None:
        """Who did it, where that matters."""


@dataclass(frozen=True)
class Matter:
    """What is known of a case when it is routed. `places` are the place and those around it."""

    kind: str
    policy: str | None = None
    problem: str | None = None
    places: frozenset[str] = field(default_factory=frozenset)
    actor: str | None = None


R = TypeVar("R", bound=Row)


def responsible(matter: Matter, rows: Iterable[R]) -> R | None:
    """The row that decides, or None where none fits or two equally particular ones disagree."""
    fitting = [row for row in rows if _fits(row, matter)]
    if not fitting:
        return None
    best = max(_rank(row) for row in fitting)
    top = [row for row in fitting if _rank(row) == best]
    return top[0] if len({row.unit_code for row in top}) == 1 else None


def _fits(row: Row, matter: Matter) -> bool:
    return (
        row.policy_code in {None, matter.policy}
        and row.problem_code in {None, matter.problem}
        and (row.place_code is None or row.place_code in matter.places)
        and row.kind in {None, matter.kind}
        and row.actor in {None, matter.actor}
    )


def _rank(row: Row) -> tuple[bool, ...]:
    """How particular a row is; the problem type weighs most, then the policy, place, actor and
    kind."""
    cells = (row.problem_code, row.policy_code, row.place_code, row.actor, row.kind)
    return tuple(cell is not None for cell in cells)
