"""The changes that wait, and what somebody may do with one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.staffing.deciding import may_decide
from admin.staffing.powers import oversees
from admin.staffing.staff_change import FETCHED_WITHIN, LAPSES_AFTER, Outcome, StaffChange, What
from admin.staffing.wanted import Said, said_in
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.staff import Staff


@dataclass(frozen=True)
class Listed:
    """A change with what it says, and what this person may do with it now."""

    change: StaffChange
    said: Said
    decides: bool
    takes_back: bool
    fetches: bool


def listed(session: Session, book: Book, change: StaffChange, staff: Staff) -> Listed | None:
    """A change as this person may see it; None where it isn't his to see."""
    said, now = said_in(session, change), clock.now()
    if said is None:
        return None
    his_own, waits = change.proposed_by == staff.id, change.waits(now)
    may = may_decide(session, book, said, staff)
    if not (his_own or may or oversees(staff, book.campaign)):
        return None
    return Listed(
        change,
        said,
        decides=waits and may,
        takes_back=waits and his_own,
        fetches=his_own and change.what is not What.POST and change.is_fetchable(now),
    )


def open_changes(session: Session, book: Book, staff: Staff) -> list[Listed]:
    """The changes that wait for a decision, or whose link wasn't fetched, the latest first."""
    now = clock.now()
    waits = StaffChange.decided_at.is_(None) & (StaffChange.proposed_at > now - LAPSES_AFTER)
    agreed = (
        (StaffChange.decided_at > now - FETCHED_WITHIN)
        & (StaffChange.outcome == Outcome.AGREED)
        & (StaffChange.what != What.POST)
        & StaffChange.fetched_at.is_(None)
    )
    wanted = select(StaffChange).where(waits | agreed).order_by(StaffChange.id.desc()).limit(200)
    found = [listed(session, book, one, staff) for one in session.scalars(wanted)]
    return [one for one in found if one is not None]


def waiting_for(session: Session, book: Book, staff: Staff) -> list[Listed]:
    """The changes that this person may decide about."""
    return [one for one in open_changes(session, book, staff) if one.decides]
