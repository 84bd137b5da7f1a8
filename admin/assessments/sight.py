"""Which assessments exist for whom: for the office all but those that are about a unit which the
person serves, too; for a street whether it is to say how long its list is; for an interviewer the
rows that he asks; for those who audit the figures."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.own_units import is_ones_own
from admin.assessments.assessed_street import AssessedStreet
from admin.assessments.drawn_row import DrawnRow
from admin.spot_checks.independence import may_check
from intake.assessing.assessment import Assessment, AssessmentState
from portal.campaign.book import Book


class NoSuchAssessment(LookupError):
    """There is none, or none that this person may see: nobody is told which."""


def streets_of(session: Session, assessment: Assessment) -> list[AssessedStreet]:
    """The streets of an assessment, in the order of their codes."""
    wanted = select(AssessedStreet).where(AssessedStreet.assessment_id == assessment.id)
    return list(session.scalars(wanted.order_by(AssessedStreet.unit_code)))


def is_about_own(session: Session, access: Access, book: Book, assessment: Assessment) -> bool:
    """Whether an assessment is about a unit that a person serves besides the office, or about one
    above or below it."""
    streets = [one.unit_code for one in streets_of(session, assessment)]
    return any(is_ones_own(book, access, code) for code in (*streets, *assessment.units))


def find_assessment(
    session: Session, access: Access, book: Book, key: str, *, to_change: bool = False
) -> Assessment:
    """The assessment of that key, for the office. `to_change` holds the row: the later of two
    writers waits.

    Raises:
        NoSuchAssessment: see there.
    """
    found = of_key(session, key, to_change=to_change)
    if not access.as_office or is_about_own(session, access, book, found):
        raise NoSuchAssessment(key)
    return found


def find_to_audit(session: Session, access: Access, book: Book, key: str) -> Assessment:
    """The assessment of that key, once it is drawn, for whoever may read its record, and its
    figures when it is over.

    Raises:
        NoSuchAssessment: see there; or nothing was drawn yet.
    """
    found = of_key(session, key)
    if found.record is None or is_about_own(session, access, book, found):
        raise NoSuchAssessment(key)
    return found


def list_assessments(session: Session, access: Access, book: Book) -> list[Assessment]:
    """Those that a person of the office or an auditor sees, the newest first."""
    rows = session.scalars(select(Assessment).order_by(Assessment.id.desc()))
    return [one for one in rows if not is_about_own(session, access, book, one)]


def lists_to_report(session: Session, access: Access) -> list[tuple[Assessment, AssessedStreet]]:
    """The streets of this person of whose lists the number is asked for."""
    wanted = (
        select(Assessment, AssessedStreet)
        .join(AssessedStreet, AssessedStreet.assessment_id == Assessment.id)
        .where(
            Assessment.state == AssessmentState.PREPARING,
            AssessedStreet.unit_code.in_(access.desks),
        )
        .order_by(Assessment.id.desc(), AssessedStreet.unit_code)
    )
    return [(one, street) for one, street in session.execute(wanted)]


def find_street(
    session: Session, access: Access, book: Book, at: tuple[str, str], *, to_change: bool = False
) -> tuple[Assessment, AssessedStreet]:
    """A street by the key of its assessment and its code, for the office or for itself while its
    number is asked for.

    Raises:
        NoSuchAssessment: see there.
    """
    key, code = at
    found = of_key(session, key, to_change=to_change)
    street = session.get(AssessedStreet, (found.id, code))
    itself = code in access.desks and found.state is AssessmentState.PREPARING
    offices = access.as_office and not is_about_own(session, access, book, found)
    if street is None or not (itself or offices):
        raise NoSuchAssessment(at)
    return found, street


def may_ask(book: Book, access_units: frozenset[str], street: str, units: list[str]) -> bool:
    """Whether somebody who serves these units may ask people of a street: none of his units is
    assessed, nor above or below one that is. That the office sits in a bureau doesn't count."""
    own = access_units - {book.campaign.office_code}
    return all(may_check(book, own, code) for code in (street, *units))


def own_rows(
    session: Session, access: Access, book: Book, key: str, *, to_change: bool = False
) -> tuple[Assessment, list[DrawnRow]]:
    """The rows that this person asks in an assessment that isn't over, in the order in which they
    were drawn. Who came to serve a unit that he mustn't ask about sees them no longer.

    Raises:
        NoSuchAssessment: see there; or he asks none.
    """
    found = of_key(session, key, to_change=to_change)
    rows = [
        row
        for row in session.scalars(
            select(DrawnRow)
            .where(DrawnRow.staff_id == access.staff_id, DrawnRow.assessment_id == found.id)
            .order_by(DrawnRow.unit_code, DrawnRow.is_reserve, DrawnRow.place)
        )
        if may_ask(book, access.units, row.unit_code, found.units)
    ]
    if not rows or found.state is not AssessmentState.DRAWN:
        raise NoSuchAssessment(key)
    return found, rows


def own_assessments(session: Session, access: Access, book: Book) -> Iterator[Assessment]:
    """Those in which this person has rows to ask, the newest first."""
    wanted = (
        select(Assessment, DrawnRow.unit_code)
        .join(DrawnRow, DrawnRow.assessment_id == Assessment.id)
        .where(DrawnRow.staff_id == access.staff_id, Assessment.state == AssessmentState.DRAWN)
        .distinct()
        .order_by(Assessment.id.desc())
    )
    seen: set[int] = set()
    for found, street in session.execute(wanted):
        if found.id not in seen and may_ask(book, access.units, street, found.units):
            seen.add(found.id)
            yield found


def of_key(session: Session, key: str, *, to_change: bool = False) -> Assessment:
    """The assessment of that key, for whoever may see it; who that is the caller has to ask.

    Raises:
        NoSuchAssessment: see there.
    """
    wanted = select(Assessment).where(Assessment.key == key)
    found = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    if found is None:
        raise NoSuchAssessment(key)
    return found
