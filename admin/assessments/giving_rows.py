"""Giving rows of a street to interviewers of other units, and taking back what they haven't begun.

Whoever gets rows gets his part of the reserves with them, so that he asks nobody, and shows nobody
by asking, that somebody has complained before. Once he has begun, they stay with him: which of them
he asked, nobody else may know."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.assessments.drawn_row import DrawnRow
from admin.assessments.interviewer_box import make_box
from admin.assessments.opening import take_step
from admin.assessments.refusals import WrongNumber
from admin.assessments.sight import may_ask
from admin.ledger.refusals import StepNotAllowed
from admin.spot_checks.assigning import CHECKING_ROLES, NotIndependent, who_may_check
from intake.assessing.assessment import Assessment, AssessmentState
from intake.cases.event import record
from portal.foundation.staff import Staff


@dataclass(frozen=True)
class Gift:
    """So many rows of a street, reserves not counted, for a person by his id."""

    street: str
    staff_id: int
    rows: int


@dataclass(frozen=True)
class Given:
    """What an interviewer has of a street, reserves not counted: rows, and about how many of them
    he has written something down. That he asked a reserve would say that somebody complained."""

    street: str
    staff_id: int
    rows: int
    entered: int


def who_may_be_given(session: Session) -> list[Staff]:
    """The people who can be interviewers, by the names that colleagues read."""
    return who_may_check(session)


def give_rows(session: Session, one: Assessment, *, by: Hand, gift: Gift) -> None:
    """Give rows, the next ones in the order in which they were drawn.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`; or there is no such person.
        NotIndependent: he serves the street, an assessed unit, or one above or below one.
        WrongNumber: so many aren't left, or none is asked for.
    """
    take_step(one, AssessmentState.DRAWN, by=by)
    person = next((p for p in who_may_check(session) if p.id == gift.staff_id), None)
    if person is None:
        raise StepNotAllowed
    if not may_ask(by.book, person.unit_codes, gift.street, one.units):
        raise NotIndependent(person.display_name, gift.street)
    waiting = _waiting(session, one, gift.street)
    main = [row for row in waiting if not row.is_reserve]
    if not 1 <= gift.rows <= len(main):
        raise WrongNumber(gift.rows)
    reserves = [row for row in waiting if row.is_reserve]
    part = -(-len(reserves) * gift.rows // len(main))
    for row in (*main[: gift.rows], *reserves[:part]):
        row.staff_id = person.id
    holders = person.units_as(*CHECKING_ROLES) | {by.access.office_code}
    make_box(session, one, person.id, holders)
    record(
        session,
        "assessment_rows_given",
        by=by.access.staff_id,
        assessment=one.key,
        unit=gift.street,
        staff=person.id,
        rows=gift.rows,
    )
    session.flush()


def take_rows_back(
    session: Session, one: Assessment, *, by: Hand, street: str, staff_id: int
) -> None:
    """Take back the rows of a street about which a person hasn't written anything down. Reserves
    count for nothing in it, and go with the rows only where he hasn't begun with any.

    Raises:
        SomebodyWasFaster, StepNotAllowed: see `take_step`; or he has none.
    """
    take_step(one, AssessmentState.DRAWN, by=by)
    wanted = select(DrawnRow).where(
        DrawnRow.assessment_id == one.id,
        DrawnRow.unit_code == street,
        DrawnRow.staff_id == staff_id,
    )
    rows = session.scalars(wanted).all()
    main = [row for row in rows if not row.is_reserve]
    waiting = [row for row in main if row.entered_on is None]
    if not waiting:
        raise StepNotAllowed
    for row in rows if waiting == main else waiting:
        row.staff_id = None
    record(
        session,
        "assessment_rows_taken",
        by=by.access.staff_id,
        assessment=one.key,
        unit=street,
        staff=staff_id,
    )
    session.flush()


def given(session: Session, one: Assessment) -> list[Given]:
    """Who has how many rows, street by street."""
    wanted = (
        select(
            DrawnRow.unit_code,
            DrawnRow.staff_id,
            func.count(),
            func.count(DrawnRow.entered_on),
        )
        .where(
            DrawnRow.assessment_id == one.id,
            DrawnRow.staff_id.is_not(None),
            ~DrawnRow.is_reserve,
        )
        .group_by(DrawnRow.unit_code, DrawnRow.staff_id)
        .order_by(DrawnRow.unit_code, DrawnRow.staff_id)
    )
    return [
        Given(street, staff_id, rows, entered)
        for street, staff_id, rows, entered in session.execute(wanted)
        if staff_id is not None
    ]


def left(session: Session, one: Assessment) -> dict[str, int]:
    """Of each street with any, how many rows nobody has, reserves not counted."""
    wanted = (
        select(DrawnRow.unit_code, func.count())
        .where(
            DrawnRow.assessment_id == one.id,
            DrawnRow.staff_id.is_(None),
            ~DrawnRow.is_reserve,
        )
        .group_by(DrawnRow.unit_code)
        .order_by(DrawnRow.unit_code)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def _waiting(session: Session, one: Assessment, street: str) -> list[DrawnRow]:
    wanted = select(DrawnRow).where(
        DrawnRow.assessment_id == one.id,
        DrawnRow.unit_code == street,
        DrawnRow.staff_id.is_(None),
    )
    return list(session.scalars(wanted.order_by(DrawnRow.place)))
