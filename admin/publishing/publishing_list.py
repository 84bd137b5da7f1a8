"""Reading the publishing desk: drafts that wait, problems to draft, what stands published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, defer

from admin.ledger.problem import Problem
from admin.publishing.result_draft import DraftState, ResultDraft
from portal.foundation.long_list import LongList
from portal.foundation.staff import Staff
from portal.published.result import STANDING, Result


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


def waiting_drafts(session: Session) -> LongList[Waiting]:
    """The drafts that wait for a second reader or to be mended, oldest first."""
    waiting = (
        select(ResultDraft, Problem, Staff.display_name)
        .join(Problem, Problem.id == ResultDraft.problem_id)
        .join(Staff, Staff.id == ResultDraft.drafted_by)
        .where(ResultDraft.state != DraftState.RELEASED)
        .order_by(ResultDraft.id)
    )
    return LongList(session, waiting, lambda row: Waiting(*row), [defer(ResultDraft.sealed)])


def candidates(session: Session) -> LongList[Candidate]:
    """The problems that could be drafted now, newest first."""
    open_drafts = select(ResultDraft.problem_id).where(ResultDraft.state != DraftState.RELEASED)
    fitting = (
        select(Problem, Result)
        .outerjoin(Result, Result.number == Problem.number)
        .where(
            Problem.id.not_in(open_drafts),
            or_(Result.number.is_(None), ~STANDING, *_differences()),
        )
        .order_by(Problem.id.desc())
    )
    return LongList(session, fitting, lambda row: Candidate(*row))


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


def released(session: Session) -> LongList[Result]:
    """What stands on the public site, newest first."""
    newest_first = (Result.released_at.desc(), Result.number.desc())
    standing = select(Result).where(STANDING).order_by(*newest_first)
    return LongList(session, standing, lambda row: row.Result)


def withdrawn(session: Session) -> LongList[Result]:
    """What was withdrawn, the latest first."""
    latest_first = (Result.withdrawn_on.desc(), Result.number.desc())
    taken_down = select(Result).where(~STANDING).order_by(*latest_first)
    return LongList(session, taken_down, lambda row: row.Result)


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
