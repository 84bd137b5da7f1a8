"""Taking a step of the ledger's table: who may, from which version, and what remains of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger import walk
from admin.ledger.problem import Problem
from admin.ledger.problem_move import ProblemMove
from admin.ledger.refusals import SomebodyWasFaster
from admin.ledger.sight import hats
from intake.cases.event import record
from portal.foundation import clock
from portal.published.result import ResultState


def take_step(session: Session, problem: Problem, name: str, *, by: Hand) -> None:
    """Take a step: the problem comes into the state that the table says, its version counts on.

    Raises:
        SomebodyWasFaster: the problem isn't the one that its writer saw.
        StepNotAllowed: the table says no.
    """
    if problem.version != by.version:
        raise SomebodyWasFaster(problem.number)
    state = check_step(problem, name, by=by)
    problem.version += 1
    if state is not problem.state:
        problem.state = state
        note_move(session, problem, by=by)


def check_step(problem: Problem, name: str, *, by: Hand) -> ResultState:
    """The state after a step. What the office alone may know of takes this only: were the version
    to count on, the unit could tell that something happened.

    Raises:
        StepNotAllowed: the table says no.
    """
    return walk.check(name, problem.state, hats(by, problem))


def note_move(session: Session, problem: Problem, *, by: Hand) -> None:
    """Keep that a problem came into its state today."""
    session.add(
        ProblemMove(
            problem_id=problem.id,
            state=problem.state,
            moved_on=clock.today(),
            staff_id=by.access.staff_id,
        )
    )


def note_event(session: Session, name: str, problem: Problem, by: Hand, **facts: Any) -> None:
    """Record what happened to a problem, in ids."""
    record(session, name, by=by.access.staff_id, problem=problem.number, **facts)
