"""How reporters answered, by unit and kind, each figure with its denominator: 满意率, 解决率,
回访率.

Tip-offs are left out: nobody is ranked by what whistle-blowers think of him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from intake.cases.case import Case
from intake.cases.follow_up import Answer, FollowUp, Outcome
from intake.rules.satisfaction import Solved, is_satisfied
from portal.campaign.kinds import Kind

_SATISFIED = [score for score in range(1, 6) if is_satisfied(score)]


@dataclass(frozen=True)
class Counted:
    """One unit's closed cases of one kind. Of `asked`, whose reporters were asked, `answered` said
    anything. `satisfied` stands over `said_satisfaction` (满意率), `solved` and `partly` over
    `said_solved` (解决率), `visited` and `unreachable` over `to_visit` (回访率). A case that was
    closed twice counts twice."""

    unit_code: str
    kind: Kind
    asked: int
    answered: int
    said_satisfaction: int
    satisfied: int
    said_solved: int
    solved: int
    partly: int
    to_visit: int
    visited: int
    unreachable: int


def counts(
    session: Session, scope: ColumnElement[bool], *, first: date, last: date
) -> list[Counted]:
    """The figures of what was closed from one Shanghai day to another, both included; `scope` is
    the condition under which a case may be counted (`admin.accounts.access.visible`).

    Of several answers in one follow-up the last one counts. The unit is the one that closed it.
    """
    rounds = _rounds(scope, first, last).subquery()
    columns = {
        "asked": func.count(),
        "answered": _number_where(
            rounds.c.satisfaction.is_not(None) | rounds.c.solved.is_not(None)
        ),
        "said_satisfaction": func.count(rounds.c.satisfaction),
        "satisfied": _number_where(rounds.c.satisfaction.in_(_SATISFIED)),
        "said_solved": func.count(rounds.c.solved),
        "solved": _number_where(rounds.c.solved == Solved.YES),
        "partly": _number_where(rounds.c.solved == Solved.PARTLY),
        "to_visit": func.count(rounds.c.why),
        "visited": _number_where(rounds.c.why.is_not(None) & (rounds.c.visits > 0)),
        "unreachable": _number_where(rounds.c.outcome == Outcome.UNREACHABLE),
    }
    wanted = (
        select(
            rounds.c.unit_code,
            rounds.c.kind,
            *(column.label(name) for name, column in columns.items()),
        )
        .group_by(rounds.c.unit_code, rounds.c.kind)
        .order_by(rounds.c.unit_code, rounds.c.kind)
    )
    return [Counted(**row._mapping) for row in session.execute(wanted)]


def _rounds(scope: ColumnElement[bool], first: date, last: date) -> Select[Any]:
    """Each follow-up of that time with the answers that count."""
    visits = select(func.count(Answer.id)).where(
        Answer.follow_up_id == FollowUp.id, Answer.staff_id.is_not(None)
    )
    return (
        select(
            FollowUp.unit_code,
            Case.kind,
            FollowUp.why,
            FollowUp.outcome.label("outcome"),
            _last(Answer.satisfaction).label("satisfaction"),
            _last(Answer.solved).label("solved"),
            visits.scalar_subquery().label("visits"),
        )
        .join(Case, Case.id == FollowUp.case_id)
        .where(FollowUp.closed_on.between(first, last), Case.kind != Kind.TIP_OFF, scope)
    )


def _last(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    """What was answered last to one of the questions."""
    return (
        select(column)
        .where(Answer.follow_up_id == FollowUp.id, column.is_not(None))
        .order_by(Answer.answered_at.desc(), Answer.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _number_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))
