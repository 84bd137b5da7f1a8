"""With whom a case goes on when the campaign is over, and what its reporter is told of it.

A tip-off names nobody: its reporter reads that it goes on, and a number that gives nobody away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.cases.continuation import Continuation, Way
from portal.campaign.after_rule import AfterRule
from portal.campaign.book import Book


@dataclass(frozen=True)
class GoingOn:
    """What a reporter is told: a sentence, and where he can ask."""

    sentence: str
    name: str
    telephone: str
    hours: str = ""


@dataclass(frozen=True)
class Target:
    """Who goes on with a case."""

    name: str
    telephone: str
    hours: str


def still_holds() -> ColumnElement[bool]:
    """The condition under which what was decided about a joined case still holds: whom it accuses
    since then doesn't go on with it."""
    accused = select(Bar.id).where(
        Bar.case_id == Continuation.case_id, Bar.unit_code == Continuation.unit_code
    )
    return ~accused.correlate(Continuation).exists()


def continuation_of(session: Session, case: Case) -> Continuation | None:
    """What was decided about a case, as far as it still holds."""
    wanted = and_(Continuation.case_id == case.id, still_holds())
    return session.scalars(select(Continuation).where(wanted)).first()


def target_of(found: Continuation, case: Case, book: Book) -> Target:
    """Who goes on with a case. What was handed on to a desk here may have changed hands since."""
    body = AfterRule.of(book.campaign).bodies.get(found.body_code or "")
    if body:
        return Target(body.name, body.telephone, "")
    handed_to = book.units.get(found.unit_code or "")
    unit = handed_to if handed_to and not handed_to.desk else book.units[case.unit_code]
    return Target(unit.name, unit.telephone or book.campaign.hotline, unit.hours)


def told_of_going_on(session: Session, case: Case, book: Book) -> GoingOn | None:
    """What a reporter reads; None where there is nothing to say: his case is over, or the campaign
    isn't and the case stays where it is."""
    ended_on = book.campaign.ended_on
    if not case.state.is_open:
        return None
    if case.is_tip_off:
        return _of_tip_off(book) if ended_on else None
    found = continuation_of(session, case)
    if found is not None and found.way is Way.HANDED_ON:
        target = target_of(found, case, book)
        return GoingOn(
            f"{_when(ended_on)}，这件由{target.name}接着办，期限不变。",
            target.name,
            target.telephone,
            target.hours,
        )
    if ended_on is None:
        return None
    unit = book.units[case.unit_code]
    return GoingOn(
        f"专项治理结束了，这件照旧由{unit.name}办，期限不变。",
        unit.name,
        unit.telephone or book.campaign.hotline,
        unit.hours,
    )


def _when(ended_on: date | None) -> str:
    return "专项治理结束了" if ended_on else "专项治理结束以后"


def _of_tip_off(book: Book) -> GoingOn:
    telephone = AfterRule.of(book.campaign).tip_off_telephone
    return GoingOn("专项治理结束了，您这件不受影响，期限不变，照旧在这里看进度。", "", telephone)
