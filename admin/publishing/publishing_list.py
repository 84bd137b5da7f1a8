"""Reading the publishing desk: drafts that wait, problems to draft, what stands published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, defer

from admin.ledger.problem import Problem
from admin.publishing.result_draft import DraftState, ResultDraft
from portal.foundation.staff import Staff
from portal.published.result import STANDING, Result

# One list of one page; what is longer is worked off before it is read to its end.
MOST = 200


@dataclass(frozen=True)
class Waiting:
    """A draft that isn't released."""

    draft: ResultDraft
    problem: Problem
    drafted_by: str


@dataclass(frozen=True)
class Candidate:
    """A problem without an open draft, never published or moved since. `result` is what stands."""

    problem: Problem
    result: Result | None


def waiting_drafts(session: Session) -> list[Waiting]:
    """The drafts that wait for a second reader or to be mended, oldest first."""
    rows = session.execute(
        select(ResultDraft, Problem, Staff.display_name)
        .join(Problem, Problem.id == ResultDraft.problem_id)
        .join(Staff, Staff.id == ResultDraft.drafted_by)
        .where(ResultDraft.state != DraftState.RELEASED)
        .order_by(ResultDraft.id)
        .limit(MOST)
        .options(defer(ResultDraft.sealed))
    ).all()
    return [Waiting(draft, problem, name) for draft, problem, name in rows]


def candidates(session: Session) -> list[Candidate]:
    """The problems that could be drafted now, newest first."""
    open_drafts = select(ResultDraft.problem_id).where(ResultDraft.state != DraftState.RELEASED)
    rows = session.execute(
        select(Problem, Result)
        .outerjoin(Result, Result.number == Problem.number)
        .where(
            Problem.id.not_in(open_drafts),
            or_(Result.number.is_(None), ~STANDING, *_differences()),
        )
        .order_by(Problem.id.desc())
        .limit(MOST)
    ).all()
    return [Candidate(problem, result) for problem, result in rows]


def _differences() -> Iterator[ColumnElement[bool]]:
    """What a result says otherwise than the ledger does now (动态调整)."""
    for said, stands in (
        (Result.state, Problem.state),
        (Result.problem_code, Problem.problem_code),
        (Result.unit_code, Problem.unit_code),
        (Result.place_code, Problem.place_code),
        (Result.policy_code, Problem.policy_code),
        (Result.rectify_by, Problem.rectify_by),
    ):
        yield said.is_distinct_from(stands)


def released(session: Session) -> list[Result]:
    """What stands on the public site, newest first."""
    newest_first = select(Result).where(STANDING).order_by(Result.released_at.desc())
    return list(session.scalars(newest_first.limit(MOST)))


def withdrawn(session: Session) -> list[Result]:
    """What was withdrawn, the latest first."""
    taken_down = select(Result).where(~STANDING).order_by(Result.withdrawn_on.desc())
    return list(session.scalars(taken_down.limit(MOST)))


def waiting_counts(session: Session) -> dict[DraftState, int]:
    """How many drafts are in each state but released."""
    rows = session.execute(
        select(ResultDraft.state, func.count())
        .where(ResultDraft.state != DraftState.RELEASED)
        .group_by(ResultDraft.state)
    ).all()
    return {row[0]: row[1] for row in rows}


def names_of(session: Session, staff_ids: Iterable[int]) -> dict[int, str]:
    """What colleagues read for some members of staff."""
    rows = session.execute(
        select(Staff.id, Staff.display_name).where(Staff.id.in_(set(staff_ids)))
    ).all()
    return {row[0]: row[1] for row in rows}
