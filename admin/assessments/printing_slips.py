"""Printing slips (问卷条): codes by which somebody answers by himself, each once. A code belongs to
a street; to which household it goes, nobody writes down."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.assessments.drawn_row import DrawnRow
from admin.assessments.opening import take_step
from admin.assessments.refusals import WrongNumber
from intake.assessing.assessment import Assessment, AssessmentState
from intake.assessing.slip import Slip, code_mark
from intake.cases.event import record
from intake.vault.query_codes import write_code
from intake.vault.vault import vault_of

MOST_AT_ONCE = 100
_CODE_BYTES = 5


def print_slips(
    session: Session, one: Assessment, *, by: Hand, street: str, number: int, once: str
) -> list[str]:
    """The codes of new slips, which exist on paper alone. The same form, pressed again, gives the
    same ones; `once` is its one-time id.

    Raises:
        StepNotAllowed, SomebodyWasFaster: see `take_step`.
        WrongNumber: none, too many at once, or more than the street has drawn rows and reserves.
    """
    codes = [_code(session, f"{one.key}|{street}|{once}|{place}") for place in range(number)]
    marks = [code_mark(session, code) for code in codes]
    wanted = select(func.count()).select_from(Slip).where(Slip.code_mark.in_(marks))
    if marks and session.scalar(wanted) == number:
        return codes
    take_step(one, AssessmentState.DRAWN, by=by)
    if not 1 <= number <= min(MOST_AT_ONCE, slips_left(session, one, street)):
        raise WrongNumber(number)
    session.add_all(Slip(assessment_id=one.id, unit_code=street, code_mark=mark) for mark in marks)
    record(
        session,
        "assessment_slips_printed",
        by=by.access.staff_id,
        assessment=one.key,
        unit=street,
        slips=number,
    )
    session.flush()
    return codes


def slips_left(session: Session, one: Assessment, street: str) -> int:
    """How many slips can still be printed for a street: one for each row that was drawn."""
    rows, printed = (
        session.scalar(
            select(func.count())
            .select_from(table)
            .where(table.assessment_id == one.id, table.unit_code == street)
        )
        for table in (DrawnRow, Slip)
    )
    return (rows or 0) - (printed or 0)


def _code(session: Session, what: str) -> str:
    return write_code(vault_of(session).mark("assessment-slip", what)[:_CODE_BYTES])
