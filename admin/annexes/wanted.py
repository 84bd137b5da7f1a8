"""Which problems an annex is about: found in a time, of a unit, of a department's line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, or_, select
from sqlalchemy.orm import aliased

from admin.accounts.access import Access
from admin.accounts.own_units import serves_the_office_alone
from admin.ledger.problem import Problem
from admin.ledger.problem_move import ProblemMove
from admin.ledger.sight import visible
from portal.foundation.clock import SHANGHAI


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """From one Shanghai day to another, both included; `unit` puts it right, `line` sums it up,
    None leaves them open. `to_hand_on`: for a sheet that is passed on, without what the office
    alone may know."""

    first: date
    last: date
    unit: str | None = None
    line: str | None = None
    to_hand_on: bool = False

    @property
    def end(self) -> datetime:
        """The moment at which the last day is over."""
        after = datetime.combine(self.last + timedelta(days=1), time(), SHANGHAI)
        return after.astimezone(UTC)

    @property
    def is_whole(self) -> bool:
        """Whether it is narrowed to no unit."""
        return self.unit is None and self.line is None

    def problems(self, access: Access) -> list[ColumnElement[bool]]:
        """The conditions on a problem, inside what this person may see."""
        which = [visible(access), _found_on().between(self.first, self.last)]
        if self.unit is not None:
            which.append(Problem.unit_code == self.unit)
        if self.line is not None:
            which.append(Problem.line_code == self.line)
        if self.to_hand_on:
            # What nobody sums up is its unit's and the office's alone.
            which.append(or_(Problem.line_code.is_not(None), Problem.unit_code == self.unit))
        return which

    def shows_referrals(self, access: Access) -> bool:
        """Whether what was referred stands in it: where the office keeps the sheet, for whoever
        serves no unit besides, which might be one that was referred."""
        return serves_the_office_alone(access) and not self.to_hand_on


def _found_on() -> ScalarSelect[date]:
    """The Shanghai day of a problem's first move."""
    # Its moves may be counted around it.
    move = aliased(ProblemMove)
    first = select(move.moved_on).where(move.problem_id == Problem.id).order_by(move.id)
    return first.limit(1).correlate(Problem).scalar_subquery()
