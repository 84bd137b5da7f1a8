"""Printing slips (问卷条): codes by which somebody answers by himself, each once. A code belongs to
a street; to which household it goes, nobody writes down."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.assessments.drawn_row import DrawnRow
from admin.assessments.opening import take_step
from admin.assessments.refusals import WrongNumber
from intake.assessing.assessment import Assessment, AssessmentState
from intake.assessing.slip import SLIP_CODE, Slip
from intake.cases.event import record
from intake.vault.intake_key import IntakeKey
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
    places = [f"{one.key}|{street}|{once}|{place}" for place in range(number)]
    printed = [_printed(key, places) for key in vault_of(session).intake_keys]
    for codes, marks in printed:
        wanted = select(func.count()).select_from(Slip).where(Slip.code_mark.in_(marks))
        if marks and session.scalar(wanted) == number:
            return codes
    codes, marks = printed[0]
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


def _printed(key: IntakeKey, places: Sequence[str]) -> tuple[list[str], list[bytes]]:
    """The codes of some slips by one key, and its marks of them: what one form printed, it printed
    by one key."""
    drawn = [key.digest("assessment-slip", place.encode()) for place in places]
    codes = [write_code(one[:_CODE_BYTES]) for one in drawn]
    return codes, [key.mark(SLIP_CODE, code) for code in codes]
