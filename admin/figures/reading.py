"""Reading the figures of a time out of cases, their milestones and their follow-ups, inside what a
person may count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, aliased

from admin.accounts.access import Access
from admin.figures.figures import Figures, Table
from admin.figures.milestone import Milestone, Step
from admin.figures.scope import Scope
from admin.follow_up.answers_count import counts
from intake.cases.case import Case
from intake.rules.lifecycle import State
from portal.campaign.kinds import Kind
from portal.foundation.staff import Staff

_Found = Iterable[tuple[str, Kind, dict[str, int]]]
_LEFT = {State.DECLINED: "declined", State.WITHDRAWN: "withdrawn", State.MERGED: "merged"}
_STEPS = {
    Step.ASSIGNED: "assigned",
    Step.CLOSED: "closed",
    Step.REOPENED: "reopened",
    Step.RETURNED: "returned",
    Step.RETURN_RIGHT: "returned_rightly",
    Step.RETURN_WRONG: "returned_wrongly",
    Step.SIGNING_OVERDUE: "overdue",
    Step.ANSWER_OVERDUE: "overdue",
    Step.OVERDUE: "overdue",
}
# Nobody owes anything in a case that its reporter took back, nor in one that another leads.
_NOBODY_ACTS = (State.WITHDRAWN, State.MERGED)
_DATED = {
    Step.SIGNED_FOR: ("signed_on_time", "signed_late"),
    Step.RESPONDED: ("responded_on_time", "responded_late"),
    Step.ANSWERED: ("answered_on_time", "answered_late"),
}


def read(session: Session, access: Access, staff: Staff, first: date, last: date) -> Table:
    """The figures from one Shanghai day to another, both included, by unit and kind."""
    return read_within(session, Scope.of(access, staff), first, last)


def read_within(session: Session, scope: Scope, first: date, last: date) -> Table:
    """The same of whatever lies inside some conditions."""
    table: dict[tuple[str, Kind], Figures] = {}
    for found in (
        _came(session, scope.cases, first, last),
        _steps(session, scope.steps, first, last),
        _owed(session, scope.steps, last),
        _said(session, scope.follow_ups, first, last),
    ):
        for unit, kind, counted in found:
            table[unit, kind] = table.get((unit, kind), Figures()) + Figures(**counted)
    return table


def _came(session: Session, scope: ColumnElement[bool], first: date, last: date) -> _Found:
    """What was registered in the time, and how it stands now."""
    wanted = (
        select(Case.unit_code, Case.kind, Case.state, func.count())
        .where(Case.registered_on.between(first, last), scope)
        .group_by(Case.unit_code, Case.kind, Case.state)
    )
    for unit, kind, state, count in session.execute(wanted):
        yield unit, kind, {"came": count, _became(state): count}


def _became(state: State) -> str:
    if state in _LEFT:
        return _LEFT[state]
    return "open" if state.is_open and state is not State.REPLIED else "answered"


def _steps(session: Session, scope: ColumnElement[bool], first: date, last: date) -> _Found:
    """What was done in the time: on its date or before, later, or without one."""
    late = case((Milestone.happened_on > Milestone.due_on, 1), else_=0)
    keys = (Milestone.unit_code, Case.kind, Milestone.step, late, Milestone.extended)
    wanted = (
        select(*keys, func.count())
        .join(Case, Case.id == Milestone.case_id)
        .where(Milestone.happened_on.between(first, last), scope)
        .group_by(*keys)
    )
    for unit, kind, step, is_late, extended, count in session.execute(wanted):
        if step in _STEPS:
            yield unit, kind, {_STEPS[step]: count}
        elif step is Step.ANSWERED and extended and not is_late:
            yield unit, kind, {"answered_extended": count}
        else:
            yield unit, kind, {_DATED[step][is_late]: count}


def _owed(session: Session, scope: ColumnElement[bool], last: date) -> _Found:
    """What was overdue at the end of the time, whenever its date was: it had not been done, nor
    taken from the unit."""
    signing = (Step.SIGNED_FOR, Step.RETURNED, Step.ASSIGNED)
    for which, name in (
        (_still_owed(Step.SIGNING_OVERDUE, signing, last), "unsigned"),
        (answers_owed(last), "unanswered"),
    ):
        wanted = (
            select(Milestone.unit_code, Case.kind, func.count(Milestone.case_id.distinct()))
            .join(Case, Case.id == Milestone.case_id)
            .where(scope, *which)
            .group_by(Milestone.unit_code, Case.kind)
        )
        for unit, kind, count in session.execute(wanted):
            yield unit, kind, {name: count}


def answers_owed(last: date) -> list[ColumnElement[bool]]:
    """The conditions on a milestone joined with its case under which it tells of an answer that was
    overdue at the end of a Shanghai day: it hadn't been given."""
    return _still_owed(Step.ANSWER_OVERDUE, (Step.ANSWERED,), last)


def _still_owed(overdue: Step, ends: tuple[Step, ...], last: date) -> list[ColumnElement[bool]]:
    later = aliased(Milestone)
    ended = select(later.id).where(
        later.case_id == Milestone.case_id,
        later.step.in_(ends),
        later.id > Milestone.id,
        later.happened_on <= last,
    )
    return [
        Milestone.step == overdue,
        Milestone.happened_on <= last,
        Case.state.not_in(_NOBODY_ACTS),
        ~ended.exists(),
    ]


def _said(session: Session, scope: ColumnElement[bool], first: date, last: date) -> _Found:
    """What reporters said of what was closed in the time."""
    for one in counts(session, scope, first=first, last=last):
        yield (
            one.unit_code,
            one.kind,
            {
                "said_satisfaction": one.said_satisfaction,
                "satisfied": one.satisfied,
                "said_solved": one.said_solved,
                "solved": one.solved,
                "to_visit": one.to_visit,
                "visited": one.visited,
            },
        )
