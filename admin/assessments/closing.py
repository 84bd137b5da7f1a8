"""Closing an assessment: nobody writes anything down any more, no slip opens, and the figures can
be read. Not before: who reads figures from one answer to the next reads the answer."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.assessments.opening import take_step
from intake.assessing.assessment import Assessment, AssessmentState
from intake.cases.event import record
from portal.foundation import clock


def close_assessment(session: Session, one: Assessment, *, by: Hand) -> None:
    """Close it, whether or not every row was asked.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`.
    """
    take_step(one, AssessmentState.DRAWN, by=by)
    one.state = AssessmentState.CLOSED
    one.closed_by, one.closed_on = by.access.staff_id, clock.today()
    record(session, "assessment_closed", by=by.access.staff_id, assessment=one.key)
    session.flush()
