"""What of the assessments waits for somebody: a street whose list is asked for, rows to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Subquery, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.assessments.assessed_street import AssessedStreet
from admin.assessments.drawn_row import DrawnRow
from admin.assessments.sight import may_ask
from intake.assessing.assessment import Assessment, AssessmentState
from intake.cases.event import Event
from portal.campaign.book import Book


@dataclass(frozen=True)
class Asked:
    """What an assessment asks of somebody about one street: to say how long its list is, where
    `rows` is 0; else so many rows."""

    key: str
    street: str
    rows: int
    opened_at: datetime
    opened_by: int


def asked_of(session: Session, access: Access, book: Book) -> Sequence[Asked]:
    """What is asked of a person, the newest assessment first. Of reserves nothing is said: whether
    one is needed lies sealed."""
    if not access.works_for:
        return []
    waits = _waits(access)
    found = session.execute(
        select(
            Assessment.key,
            waits.c.unit_code,
            waits.c.rows,
            Assessment.opened_at,
            Assessment.opened_by,
            Assessment.units,
        )
        .join(waits, waits.c.assessment_id == Assessment.id)
        .where(
            or_(
                and_(waits.c.rows == 0, Assessment.state == AssessmentState.PREPARING),
                and_(waits.c.rows > 0, Assessment.state == AssessmentState.DRAWN),
            )
        )
        .order_by(Assessment.id.desc(), waits.c.unit_code)
    )
    return [
        Asked(*one)
        for *one, units in found
        # Who came to serve a unit that he mustn't ask about sees its rows no longer.
        if one[2] == 0 or may_ask(book, access.units, one[1], units)
    ]


def brings_work(session: Session, access: Access, book: Book, since: datetime) -> bool:
    """Whether somebody has opened an assessment since then that asks for the list of one of this
    person's streets, or has given him rows to ask."""
    asked = asked_of(session, access, book)
    lists = (one for one in asked if not one.rows)
    if any(one.opened_at > since and one.opened_by != access.staff_id for one in lists):
        return True
    rows = {(one.key, one.street) for one in asked if one.rows}
    return bool(rows and rows & _given(session, access, since))


def _waits(access: Access) -> Subquery:
    """Of each assessment and street: the rows that this person hasn't asked, or 0 where the number
    of the street's list is missing."""
    rows = (
        select(
            DrawnRow.assessment_id.label("assessment_id"),
            DrawnRow.unit_code.label("unit_code"),
            func.count().label("rows"),
        )
        .where(
            DrawnRow.staff_id == access.staff_id,
            DrawnRow.entered_on.is_(None),
            ~DrawnRow.is_reserve,
        )
        .group_by(DrawnRow.assessment_id, DrawnRow.unit_code)
    )
    lists = select(AssessedStreet.assessment_id, AssessedStreet.unit_code, literal(0)).where(
        AssessedStreet.unit_code.in_(access.works_for), AssessedStreet.recipients.is_(None)
    )
    return union_all(rows, lists).subquery()


def _given(session: Session, access: Access, since: datetime) -> set[tuple[str, str]]:
    """The assessments, by their keys, and streets of which others gave him rows since then."""
    wanted = select(Event.facts["assessment"].as_string(), Event.facts["unit"].as_string()).where(
        Event.case_id.is_(None),
        Event.name == "assessment_rows_given",
        Event.happened_at > since,
        Event.staff_id != access.staff_id,
        Event.facts["staff"].as_integer() == access.staff_id,
    )
    return {(key, street) for key, street in session.execute(wanted)}
