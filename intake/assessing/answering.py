"""Answering by a slip: which questionnaire a code opens, and taking its answers once."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from intake.assessing.assessment import Assessment, AssessmentState
from intake.assessing.questions import Question, of_rows
from intake.assessing.said import Said, padded
from intake.assessing.sealed_answers import seal_answer
from intake.assessing.slip import Slip, code_marks
from intake.assessing.slip_answer import SlipAnswer
from intake.cases.event import record
from intake.vault.query_codes import read_code
from intake.vault.sealing import digest_of
from portal.campaign.book import book


class UnknownSlip(LookupError):
    """The code opens nothing: there is none like it, it was used, or its assessment is over. Nobody
    is told which."""


def questions_of(session: Session, typed: str, *, submission: str = "") -> tuple[Question, ...]:
    """The questions behind a code that wasn't used, or was by the form with this one-time id.

    Raises:
        UnknownSlip: see there.
    """
    slip, assessment = _open_slip(session, typed)
    if slip.used_by not in {None, _mark(submission)}:
        raise UnknownSlip
    return of_rows(assessment.questions)


def answer(session: Session, typed: str, said: Said, *, submission: str) -> None:
    """Take the answers of a code; the same form sent again changes nothing.

    Raises:
        UnknownSlip: see there.
        UntrustedKey: see `seal_answer`.
    """
    slip, assessment = _open_slip(session, typed, to_change=True)
    mark = _mark(submission)
    if slip.used_by == mark:
        return
    if slip.used_by is not None:
        raise UnknownSlip
    slip.used_by = mark
    office = book(session).campaign.office_code
    sealed = seal_answer(
        session, office, assessment.id, slip.unit_code, padded({"said": said.plain})
    )
    row = {"assessment_id": assessment.id, "unit_code": slip.unit_code, "sealed": sealed}
    # Without asking for the id: the public process has no right to read this table.
    session.connection().execute(insert(SlipAnswer).inline(), row)
    record(session, "assessment_answered", assessment=assessment.key)
    session.flush()


def _mark(submission: str) -> bytes:
    return digest_of("slip-form", submission.encode())


def _open_slip(session: Session, typed: str, *, to_change: bool = False) -> tuple[Slip, Assessment]:
    wanted = (
        select(Slip, Assessment)
        .join(Assessment, Assessment.id == Slip.assessment_id)
        .where(
            Slip.code_mark.in_(code_marks(session, read_code(typed))),
            Assessment.state == AssessmentState.DRAWN,
        )
    )
    held = wanted.with_for_update(of=Slip) if to_change else wanted
    found = session.execute(held).first()
    if found is None:
        raise UnknownSlip
    return found[0], found[1]
