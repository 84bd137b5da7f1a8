"""What a case brought to light enters the ledger (plan 五(二)1), and further cases join it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.entering import enter
from admin.ledger.finding import Finding, check, may_open_from
from admin.ledger.line import line_of
from admin.ledger.moving import check_step, note_event
from admin.ledger.problem import Problem, ProblemCase, Source
from admin.ledger.refusals import AlreadyJoined, OutOfScope, SomebodyWasFaster
from intake.cases.case import Case
from intake.cases.event import record
from portal.foundation import clock


def problems_of(session: Session, case: Case) -> list[Problem]:
    """The problems that a case opened or joined, oldest first. For the office alone."""
    return list(
        session.scalars(
            select(Problem)
            .join(ProblemCase, ProblemCase.problem_id == Problem.id)
            .where(ProblemCase.case_id == case.id)
            .order_by(Problem.id)
        )
    )


def open_problem(
    session: Session,
    *,
    from_case: Case,
    by: Hand,
    finding: Finding,
    source: Source = Source.VERIFICATION,
) -> Problem:
    """Enter what a case brought to light into the ledger, for a unit to rectify.

    The unit reads the office's words. Where the case accuses or is kept from somebody, the source
    is 核查发现 whatever was chosen. No department sums up what has this source, whatever it came
    of: otherwise one could tell which of them came of an accusation. What ties problem and case,
    an event of the case among it, is for the office alone.

    Raises:
        SomebodyWasFaster: the case opened another problem meanwhile.
        StepNotAllowed, OutOfScope, NotVerified, UnitHasNoDesk, NeedsText, ReportersWords: see
            `finding.check`.
    """
    check(session, from_case, by, finding)
    if len(problems_of(session, from_case)) != by.version:
        raise SomebodyWasFaster(from_case.number)
    kept_close = from_case.accusing or from_case.barred or source is Source.VERIFICATION
    problem = enter(
        session,
        by=by,
        finding=finding,
        source=Source.VERIFICATION if kept_close else source,
        found_by=by.book.campaign.office_code,
        line=None if kept_close else _line(by, finding),
    )
    note_event(session, "problem_entered", problem, by, source=problem.source)
    _tie(session, problem, from_case, "problem_opened", by=by)
    return problem


def add_case(session: Session, problem: Problem, case: Case, *, by: Hand) -> None:
    """Let a further case feed a problem. It opens no words to anybody: what ties them is for the
    office alone. A case that accuses doesn't change who reads the problem.

    Raises:
        OutOfScope: nothing of this case may enter the ledger (yet).
        AlreadyJoined: it feeds this problem already.
        SomebodyWasFaster: the case opened or joined another problem meanwhile.
        StepNotAllowed: see `moving`.
    """
    check_step(problem, "add-case", by=by)
    if len(problems_of(session, case)) != by.version:
        raise SomebodyWasFaster(case.number)
    if not may_open_from(case):
        raise OutOfScope(case.number)
    if session.get(ProblemCase, (problem.id, case.id)) is not None:
        raise AlreadyJoined(case.number)
    _tie(session, problem, case, "problem_joined", by=by)


def _tie(session: Session, problem: Problem, case: Case, event: str, *, by: Hand) -> None:
    session.add(ProblemCase(problem_id=problem.id, case_id=case.id))
    staff = by.access.staff_id
    record(session, event, case_id=case.id, by=staff, problem=problem.number)
    session.flush()


def _line(by: Hand, finding: Finding) -> str | None:
    return line_of(by.book, clock.today(), policy=finding.policy, problem_type=finding.problem_type)
