"""Who still checks facts of a case: whom it accuses meanwhile loses every question of it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.event import record
from intake.cases.verification import Verification, VerificationEnd
from intake.vault.compartment import Compartment
from portal.foundation import clock


def running(session: Session, case: Case) -> list[Verification]:
    """The questions that nobody has answered yet, the earliest date first."""
    wanted = select(Verification).where(Verification.case_id == case.id, Verification.end.is_(None))
    return list(session.scalars(wanted.order_by(Verification.due_on, Verification.id)))


def close_to(session: Session, case: Case, barred: AbstractSet[str]) -> None:
    """End what barred units were asked, and take their keys to it, answered or not."""
    wanted = select(Verification).where(
        Verification.case_id == case.id, Verification.unit_code.in_(barred)
    )
    for one in session.scalars(wanted.order_by(Verification.id)):
        take_keys(session, one)
        if one.end is None:
            end(session, one, by=None)


def end(session: Session, verification: Verification, *, by: int | None) -> None:
    """End a question without an answer. `by` is None where recusal ends it."""
    verification.end, verification.ended_at = VerificationEnd.WITHDRAWN, clock.now()
    unit, case_id = verification.unit_code, verification.case_id
    record(session, "verification_withdrawn", case_id=case_id, by=by, unit=unit)


def take_keys(session: Session, verification: Verification) -> None:
    """Take the words of a question from the unit that was asked."""
    box = session.scalars(
        select(Compartment).where(Compartment.label == verification.label)
    ).first()
    if box is not None:
        box.keys = []
