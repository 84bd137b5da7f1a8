"""Reading the rows of annex 2, some hundred at a time, each as it stood at the end of the time.

Its state is what its moves say for that day. Its figures are those of today: what they were before
they were set anew is only told in words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.annexes.entry import Entry, Referred
from admin.annexes.wanted import Wanted
from admin.ledger.problem import Problem
from admin.ledger.problem_move import ProblemMove
from admin.ledger.problem_referral import ProblemReferral
from portal.published.result import ResultState

_AT_ONCE = 500


@dataclass(frozen=True)
class Chunk:
    """Some problems with their rows, in the order in which they were entered."""

    problems: Sequence[Problem]
    entries: Sequence[Entry]


def chunks(session: Session, access: Access, wanted: Wanted) -> Iterator[Chunk]:
    """Everything that is wanted, inside what this person may see."""
    which, after = wanted.problems(access), 0
    while True:
        some = select(Problem).where(Problem.id > after, *which).order_by(Problem.id)
        problems = session.scalars(some.limit(_AT_ONCE)).all()
        if not problems:
            return
        after = problems[-1].id
        yield Chunk(problems, _entries(session, access, wanted, problems))


def _entries(
    session: Session, access: Access, wanted: Wanted, problems: Sequence[Problem]
) -> list[Entry]:
    ids = [problem.id for problem in problems]
    moves = _moves(session, ids, wanted)
    referred = _referred(session, ids, wanted) if wanted.shows_referrals(access) else {}
    return [_entry(one, moves[one.id], referred.get(one.id)) for one in problems]


def _moves(
    session: Session, ids: Collection[int], wanted: Wanted
) -> Mapping[int, list[ProblemMove]]:
    """The moves of each that were made by then, the first of them first."""
    found: dict[int, list[ProblemMove]] = {}
    made = select(ProblemMove).where(
        ProblemMove.problem_id.in_(ids), ProblemMove.moved_on <= wanted.last
    )
    for move in session.scalars(made.order_by(ProblemMove.id)):
        found.setdefault(move.problem_id, []).append(move)
    return found


def _referred(session: Session, ids: Collection[int], wanted: Wanted) -> Mapping[int, Referred]:
    """What was referred by then; whom it was concluded against counts once that day has come."""
    marks = select(ProblemReferral).where(
        ProblemReferral.problem_id.in_(ids), ProblemReferral.referred_on <= wanted.last
    )
    return {
        mark.problem_id: Referred(
            body=mark.body_code,
            on=mark.referred_on,
            organisational=mark.organisational if known else 0,
            disciplinary=mark.disciplinary if known else 0,
            judicial=mark.judicial if known else 0,
        )
        for mark in session.scalars(marks)
        for known in [mark.concluded_on is None or mark.concluded_on <= wanted.last]
    }


def _entry(problem: Problem, moves: Sequence[ProblemMove], referred: Referred | None) -> Entry:
    last = moves[-1]
    struck_off = last.state is ResultState.STRUCK_OFF
    # What was recovered is said with the head's word, and known from then on.
    reported = any(move.state is ResultState.RECTIFIED for move in moves)
    return Entry(
        problem_id=problem.id,
        number=problem.number,
        unit=problem.unit_code,
        place=problem.place_code,
        source=problem.source,
        problem_type=problem.problem_code,
        policy=problem.policy_code,
        fund_year=problem.fund_year,
        amount=problem.amount,
        persons=problem.persons,
        rectify_by=problem.rectify_by,
        state=last.state,
        recovered=problem.recovered if reported else None,
        paid_back=problem.paid_back if reported else None,
        struck_off_on=last.moved_on if struck_off else None,
        struck_off_by=last.staff_id if struck_off else None,
        referred=referred,
    )
