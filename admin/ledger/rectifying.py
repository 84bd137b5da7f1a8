"""What a unit does about a problem (整改, plan 五(二)1): who answers for it, measures, the head's
word.

Every act takes the version of the problem that its writer saw and refuses when somebody was faster.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.files.evidence import Proof
from admin.ledger import ledger_texts
from admin.ledger.ledger_text import LedgerTextKind
from admin.ledger.measure import Measure
from admin.ledger.moving import note_event, take_step
from admin.ledger.problem import Problem
from admin.ledger.refusals import DayNotCome, MeasuresUndone, StepNotAllowed
from portal.foundation import clock


@dataclass(frozen=True, kw_only=True)
class PlannedMeasure:
    """What is to be done, by whom, and by which Shanghai day (plan 五(二)1)."""

    text: str
    person: str
    due_on: date


def name_responsible(
    session: Session, problem: Problem, *, by: Hand, leader: str, person: str
) -> None:
    """Write down who answers for it (责任领导、责任人); what was written last counts."""
    take_step(session, problem, "responsible", by=by)
    ledger_texts.write(session, problem, LedgerTextKind.LEADER, leader, by=by)
    ledger_texts.write(session, problem, LedgerTextKind.PERSON, person, by=by)
    session.flush()


def record_measure(
    session: Session, problem: Problem, *, by: Hand, planned: PlannedMeasure
) -> Measure:
    """Record a measure (整改措施) that the unit takes; with the first, rectifying begins.

    Raises:
        NeedsText: it says nothing, or nobody sees to it.
    """
    take_step(session, problem, "measures", by=by)
    measure = Measure(
        problem_id=problem.id,
        recorded_by=by.access.staff_id,
        due_on=planned.due_on,
    )
    session.add(measure)
    session.flush()
    at = measure.id
    for kind, text in (
        (LedgerTextKind.MEASURE, planned.text),
        (LedgerTextKind.MEASURE_PERSON, planned.person),
    ):
        ledger_texts.write(session, problem, kind, text, by=by, measure_id=at)
    note_event(session, "measure_recorded", problem, by, measure=at)
    session.flush()
    return measure


def finish_measure(
    session: Session,
    problem: Problem,
    measure: Measure,
    *,
    by: Hand,
    done_on: date,
    evidence: Proof,
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
    ledger_texts.prove(
        session, problem, LedgerTextKind.EVIDENCE, evidence, by=by, measure_id=measure.id
    )
    note_event(session, "measure_done", problem, by, measure=measure.id)
    session.flush()


def report_rectified(
    session: Session,
    problem: Problem,
    *,
    by: Hand,
    word: Proof,
    sums: tuple[Decimal | None, Decimal | None] = (None, None),
) -> None:
    """Give the head's word that a problem is put right. `sums`: yuan recovered, yuan paid back.

    Raises:
        MeasuresUndone: there is no measure, or one isn't done with evidence.
    """
    take_step(session, problem, "rectified", by=by)
    if not all_done(session, problem):
        raise MeasuresUndone
    problem.recovered, problem.paid_back = sums
    problem.rectified_by = by.access.staff_id
    ledger_texts.prove(session, problem, LedgerTextKind.HEADS_WORD, word, by=by)
    note_event(session, "rectified", problem, by)
    session.flush()


def measures_of(session: Session, problem: Problem) -> list[Measure]:
    """A problem's measures in the order in which they were recorded."""
    return list(
        session.scalars(
            select(Measure).where(Measure.problem_id == problem.id).order_by(Measure.id)
        )
    )


def all_done(session: Session, problem: Problem) -> bool:
    """Whether there are measures and each has its day, which is only ever set with evidence. Of a
    problem that was reopened at least one was taken since."""
    measures = measures_of(session, problem)
    before = problem.reopened_after or 0
    taken = any(one.id > before for one in measures)
    return taken and all(one.done_on is not None for one in measures)
