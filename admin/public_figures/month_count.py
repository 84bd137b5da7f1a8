"""Counting a month for the public: what accuses nobody by unit and kind, and of the rest only how
much there was.

Whom a case accuses counts it nowhere on the staff site. He reads the public figures too, and would
find it there by subtracting. So no figure of a unit counts what accuses anybody, and the district's
sum of accusations leaves out those that accuse somebody who counts for the whole district.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from admin.figures.figures import Table
from admin.figures.milestone import CountedTo, Milestone, Step
from admin.figures.reading import read_within
from admin.figures.scope import ACCUSES, Scope, accuses_who_counts
from admin.public_figures.month import last_day, next_month
from intake.cases.case import Case
from intake.cases.event import IS_READING, Event
from portal.campaign.book import Book
from portal.foundation import clock


class NotCountedYet(Exception):
    """The worker hasn't read to the end of the month's events."""


@dataclass(frozen=True)
class MonthCount:
    """A month, nothing hidden yet. `days` are the calendar days that each answer of a unit took;
    what should have been answered and wasn't is in the table."""

    table: Table
    accusations: int
    days: Mapping[str, Sequence[int]]


def first_counted(session: Session) -> date | None:
    """The Shanghai day on which the first case came that accuses nobody: of the others nobody may
    learn by a month that is offered."""
    return session.scalar(select(func.min(Case.registered_on)).where(~ACCUSES))


def count_month(session: Session, book: Book, month: date) -> MonthCount:
    """Count an ended month.

    Raises:
        NotCountedYet: some of its steps aren't milestones yet.
    """
    _see_that_it_is_counted(session, month)
    ordinary = ~ACCUSES
    return MonthCount(
        table=read_within(session, Scope.where(ordinary), month, last_day(month)),
        accusations=_accusations(session, book, month),
        days=_days_to_answer(session, month),
    )


def _see_that_it_is_counted(session: Session, month: date) -> None:
    counted = session.scalar(select(CountedTo.seq)) or 0
    following = select(Event.happened_at).where(
        Event.seq > counted, Event.case_id.is_not(None), ~IS_READING
    )
    unread = session.scalar(following.order_by(Event.seq).limit(1))
    over = datetime.combine(next_month(month), time(), clock.SHANGHAI).astimezone(UTC)
    if unread is not None and unread < over:
        raise NotCountedYet(month)


def _accusations(session: Session, book: Book, month: date) -> int:
    """What accuses somebody, but nobody who could find himself by counting for himself."""
    wanted = select(func.count(Case.id)).where(
        Case.registered_on.between(month, last_day(month)),
        ACCUSES,
        ~accuses_who_counts(book),
        ~Case.sealed,
    )
    return session.scalar(wanted) or 0


def _days_to_answer(session: Session, month: date) -> Mapping[str, Sequence[int]]:
    """How long each answer of the month took, from when the case came or was opened again."""
    earlier = aliased(Milestone)
    opened_again = (
        select(func.max(earlier.happened_on))
        .where(
            earlier.case_id == Milestone.case_id,
            earlier.step == Step.REOPENED,
            earlier.id < Milestone.id,
        )
        .scalar_subquery()
    )
    wanted = (
        select(Milestone.unit_code, Milestone.happened_on, Case.registered_on, opened_again)
        .join(Case, Case.id == Milestone.case_id)
        .where(Milestone.step == Step.ANSWERED, ~ACCUSES)
        .where(Milestone.happened_on.between(month, last_day(month)))
    )
    found: dict[str, list[int]] = {}
    rows: Iterable[Any] = session.execute(wanted)
    for unit, answered_on, registered_on, again_on in rows:
        begun_on = registered_on if again_on is None else again_on
        found.setdefault(unit, []).append((answered_on - begun_on).days)
    return found
