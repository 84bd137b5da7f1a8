"""Units × weeks: what came to each unit, what it answered and which dates it missed, week by week.
Nothing that accuses anybody is counted, so that no number of a unit points at a tip-off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.figures.milestone import Milestone, Step
from admin.figures.scope import ACCUSES, Scope
from intake.cases.case import Case
from portal.foundation.staff import Staff

_WEEK = timedelta(days=7)
_MISSED = (Step.SIGNING_OVERDUE, Step.ANSWER_OVERDUE, Step.OVERDUE)


@dataclass(frozen=True)
class Week:
    """One unit's week: cases that came in it and that the unit has now, answers that it gave, dates
    that it missed."""

    came: int = 0
    answered: int = 0
    overdue: int = 0

    def __add__(self, other: Week) -> Week:
        return Week(
            self.came + other.came, self.answered + other.answered, self.overdue + other.overdue
        )


@dataclass(frozen=True)
class Weeks:
    """Some weeks by their Mondays, oldest first, and as many of each unit that has anything."""

    mondays: Sequence[date]
    units: Mapping[str, Sequence[Week]]

    @property
    def most(self) -> int:
        """The largest number of them all: what a chart is drawn against."""
        each = (week for weeks in self.units.values() for week in weeks)
        return max((max(one.came, one.answered, one.overdue) for one in each), default=0)


def total(weeks: Sequence[Week]) -> Week:
    """All of them together."""
    return sum(weeks, Week())


def read_weeks(session: Session, access: Access, staff: Staff, today: date, *, many: int) -> Weeks:
    """The weeks until a Shanghai day, its own among them, inside what a person may count."""
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - back * _WEEK for back in reversed(range(many))]
    units: dict[str, list[Week]] = defaultdict(lambda: [Week()] * many)
    for unit, day, found in _days(session, Scope.of(access, staff), mondays[0], today):
        units[unit][(day - mondays[0]) // _WEEK] += found
    return Weeks(mondays, units)


def _days(
    session: Session, scope: Scope, first: date, last: date
) -> Iterator[tuple[str, date, Week]]:
    """What there was on each day, in two statements."""
    wanted = select(Case.unit_code, Case.registered_on, func.count())
    wanted = wanted.group_by(Case.unit_code, Case.registered_on)
    wanted = wanted.where(Case.registered_on.between(first, last), scope.cases, ~ACCUSES)
    for unit, day, count in session.execute(wanted):
        yield unit, day, Week(came=count)
    passed = select(Milestone.unit_code, Milestone.happened_on, Milestone.step, func.count())
    passed = passed.join(Case, Case.id == Milestone.case_id)
    passed = passed.group_by(Milestone.unit_code, Milestone.happened_on, Milestone.step)
    within = Milestone.happened_on.between(first, last)
    steps = Milestone.step.in_((Step.ANSWERED, *_MISSED))
    passed = passed.where(within, steps, scope.steps, ~ACCUSES)
    for unit, day, step, count in session.execute(passed):
        answered = step is Step.ANSWERED
        yield unit, day, Week(answered=count) if answered else Week(overdue=count)
