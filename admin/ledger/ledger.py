"""Keeping the ledger (台账, plan 五(二)1): open a problem, take measures, report it rectified.

Every act takes the version of the problem that its writer saw and refuses when somebody was faster.
"""

from __future__ import annotations

import secrets
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.ledger import ledger_texts, walk
from admin.ledger.finding import Finding, check
from admin.ledger.hand import DayNotCome, Hand, MeasuresUndone, SomebodyWasFaster, StepNotAllowed
from admin.ledger.problem import LedgerTextKind, Measure, Problem, ProblemCase, Source
from admin.ledger.sight import hats
from intake.cases.case import Case
from intake.cases.event import record
from portal.foundation import clock
from portal.published.result import Result, ResultState


def problems_of(session: Session, case: Case) -> list[Problem]:
    """The problems that a case opened, oldest first. For the office alone."""
    return list(
        session.scalars(
            select(Problem)
            .join(ProblemCase, ProblemCase.problem_id == Problem.id)
            .where(ProblemCase.case_id == case.id)
            .order_by(Problem.id)
        )
    )


def open_problem(session: Session, *, from_case: Case, by: Hand, finding: Finding) -> Problem:
    """Enter what a case brought to light into the ledger, for a unit to rectify.

    The unit reads the office's words with the source 核查发现. What ties problem and case, an
    event of the case among it, is for the office alone.

    Raises:
        SomebodyWasFaster: the case opened another problem meanwhile.
        StepNotAllowed, OutOfScope, NotVerified, UnitHasNoDesk, NeedsText, ReportersWords: see
            `finding.check`.
    """
    check(session, from_case, by, finding)
    if len(problems_of(session, from_case)) != by.version:
        raise SomebodyWasFaster(from_case.number)
    problem = _enter(session, by, finding)
    session.add(ProblemCase(problem_id=problem.id, case_id=from_case.id))
    ledger_texts.make_box(session, problem, by.book.campaign.office_code)
    ledger_texts.write(session, problem, LedgerTextKind.WHAT_IS_WRONG, finding.what_is_wrong, by=by)
    record(
        session,
        "problem_opened",
        case_id=from_case.id,
        by=by.access.staff_id,
        problem=problem.number,
    )
    session.flush()
    return problem


def _enter(session: Session, by: Hand, finding: Finding) -> Problem:
    problem = Problem(
        number=_fresh_number(session, by.book.campaign.case_prefix),
        source=Source.VERIFICATION,
        state=ResultState.FOUND,
        unit_code=finding.unit,
        place_code=finding.place,
        problem_code=finding.problem_type,
        policy_code=finding.policy,
        fund_year=finding.fund_year,
        amount=finding.amount,
        persons=finding.persons,
        rectify_by=finding.rectify_by,
        opened_at=clock.now(),
        opened_by=by.access.staff_id,
    )
    session.add(problem)
    session.flush()
    return problem


def name_responsible(
    session: Session, problem: Problem, *, by: Hand, leader: str, person: str
) -> None:
    """Write down who answers for it (责任领导、责任人); what was written last counts."""
    take_step(session, problem, "responsible", by=by)
    ledger_texts.write(session, problem, LedgerTextKind.LEADER, leader, by=by)
    ledger_texts.write(session, problem, LedgerTextKind.PERSON, person, by=by)
    session.flush()


def record_measure(session: Session, problem: Problem, *, by: Hand, text: str) -> Measure:
    """Record a measure (整改措施) that the unit takes; with the first, rectifying begins."""
    problem.state = take_step(session, problem, "measures", by=by)
    measure = Measure(problem_id=problem.id, recorded_by=by.access.staff_id)
    session.add(measure)
    session.flush()
    ledger_texts.write(session, problem, LedgerTextKind.MEASURE, text, by=by, measure_id=measure.id)
    _record(session, "measure_recorded", problem, by, measure=measure.id)
    session.flush()
    return measure


def finish_measure(
    session: Session, problem: Problem, measure: Measure, *, by: Hand, done_on: date, evidence: str
) -> None:
    """Say on which day a measure was done, and what proves it.

    Raises:
        DayNotCome: the day lies ahead.
        StepNotAllowed: it is done already, or belongs to another problem.
    """
    take_step(session, problem, "done", by=by)
    if measure.problem_id != problem.id or measure.done_on is not None:
        raise StepNotAllowed("done")
    if done_on > clock.today():
        raise DayNotCome
    measure.done_on, measure.done_by = done_on, by.access.staff_id
    ledger_texts.write(
        session, problem, LedgerTextKind.EVIDENCE, evidence, by=by, measure_id=measure.id
    )
    _record(session, "measure_done", problem, by, measure=measure.id)
    session.flush()


def report_rectified(
    session: Session,
    problem: Problem,
    *,
    by: Hand,
    word: str,
    sums: tuple[Decimal | None, Decimal | None] = (None, None),
) -> None:
    """Give the head's word that a problem is put right. `sums`: yuan recovered, yuan paid back.

    Raises:
        MeasuresUndone: there is no measure, or one isn't done with evidence.
    """
    state = take_step(session, problem, "rectified", by=by)
    if not all_done(session, problem):
        raise MeasuresUndone
    problem.state = state
    problem.recovered, problem.paid_back = sums
    problem.rectified_by = by.access.staff_id
    ledger_texts.write(session, problem, LedgerTextKind.HEADS_WORD, word, by=by)
    _record(session, "rectified", problem, by)
    session.flush()


def measures_of(session: Session, problem: Problem) -> list[Measure]:
    """A problem's measures in the order in which they were recorded."""
    return list(
        session.scalars(
            select(Measure).where(Measure.problem_id == problem.id).order_by(Measure.id)
        )
    )


def all_done(session: Session, problem: Problem) -> bool:
    """Whether there are measures and each has its day, which is only ever set with evidence."""
    measures = measures_of(session, problem)
    return bool(measures) and all(measure.done_on is not None for measure in measures)


def take_step(session: Session, problem: Problem, name: str, *, by: Hand) -> ResultState:
    """Check that a step may be taken by this hand now, and count the version on.

    Raises:
        SomebodyWasFaster: the problem isn't the one that its writer saw.
        StepNotAllowed: the table says no.
    """
    if problem.version != by.version:
        raise SomebodyWasFaster(problem.number)
    state = walk.check(name, problem.state, hats(by.access, problem))
    problem.version += 1
    return state


def _fresh_number(session: Session, prefix: str) -> str:
    """A number that was never used. It tells neither how many problems there are nor the order."""
    while True:
        number = f"{prefix}W{secrets.randbelow(10**6):06d}"
        taken = select(func.count()).select_from(Problem).where(Problem.number == number)
        if not session.scalar(taken) and session.get(Result, number) is None:
            return number


def _record(session: Session, name: str, problem: Problem, by: Hand, **facts: int) -> None:
    record(session, name, by=by.access.staff_id, problem=problem.number, **facts)
