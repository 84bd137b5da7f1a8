"""Destroying what interviewers remarked about households, so many months after an assessment's end
as the campaign says (the worker's job, at night). What was chosen stays: figures are counted of
it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.assessments.drawn_row import DrawnRow
from admin.assessments.entry import without_remark
from admin.assessments.interviewer_box import open_entries, seal_in_new_box
from admin.retention.destroy_due import is_night
from intake.assessing.assessment import Assessment, AssessmentState
from intake.cases.event import record
from intake.rules.retention import months_after
from portal.campaign.book import book
from portal.campaign.retention_rule import Beside, RetentionRule
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.erasing import erase_deleted

REMARKS_WIPED = ("assessment_row", "compartment", "compartment_key")


def keep_remarks(database: Database) -> int:
    """Destroy the remarks of every assessment whose time is over, each in one transaction; returns
    of how many. By day, and where the campaign doesn't say how long, it does nothing."""
    if not is_night():
        return 0
    with database.reading() as session:
        due = _due(session)
        since = clock.today() - timedelta(days=1)
        gone = select(Assessment.id).where(Assessment.remarks_destroyed_on >= since).limit(1)
        begun = session.scalar(gone) is not None
    for assessment_id in due:
        with database.writing() as session:
            wanted = select(Assessment).where(Assessment.id == assessment_id)
            forget_remarks(session, session.scalars(wanted.with_for_update()).one())
    if due or begun:
        # Where readers were in the way, the next run of the night tries again.
        erase_deleted(database.engine, *REMARKS_WIPED)
    return len(due)


def forget_remarks(session: Session, one: Assessment) -> None:
    """Seal every entry anew without its remark, in a new box of the same holders: the old one's
    keys go. The process opens them as the office; destroyed before, nothing changes.

    Raises:
        NotAHolder, DoesNotOpen: somebody changed the database.
    """
    if one.remarks_destroyed_on is not None:
        return
    by_person: dict[int, list[DrawnRow]] = defaultdict(list)
    wanted = select(DrawnRow).where(DrawnRow.assessment_id == one.id, DrawnRow.sealed.is_not(None))
    for row in session.scalars(wanted):
        if row.staff_id is not None:
            by_person[row.staff_id].append(row)
    for staff_id, rows in by_person.items():
        _forget(session, one, staff_id, rows)
    one.remarks_destroyed_on = clock.today()
    record(session, "assessment_remarks_destroyed", assessment=one.key)
    session.flush()


def _forget(session: Session, one: Assessment, staff_id: int, rows: Sequence[DrawnRow]) -> None:
    office = frozenset({book(session).campaign.office_code})
    sealed = {row.id: row.sealed for row in rows if row.sealed is not None}
    texts = open_entries(session, one, staff_id, sealed, office)
    kept = {row_id: without_remark(text) for row_id, text in texts.items()}
    anew = seal_in_new_box(session, one, staff_id, kept)
    for row in rows:
        row.sealed = anew[row.id]


def _due(session: Session) -> list[int]:
    rule = RetentionRule.of(book(session).campaign)
    months = rule.months_of(Beside.ASSESSMENT) if rule else None
    if months is None:
        return []
    closed = select(Assessment.id, Assessment.closed_on).where(
        Assessment.state == AssessmentState.CLOSED, Assessment.remarks_destroyed_on.is_(None)
    )
    return [
        one_id
        for one_id, on in session.execute(closed)
        if on and months_after(on, months) <= clock.today()
    ]
