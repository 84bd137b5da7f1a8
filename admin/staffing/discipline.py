"""Accounts of discipline inspection: those whom it looks into have no say about them, or they would
appoint, stop or become whoever looks into them."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from admin.accounts.posts import only_stamped
from admin.sealed_class.readers import NoReader, take_off
from admin.sealed_class.sealed_reader import SealedInvitation, SealedReader
from admin.staffing.leaver import Leaver, LeaverUnit
from admin.staffing.powers import is_of_discipline
from admin.staffing.telling import tell_owner
from intake.cases.event import IS_OF_STAFF, Event
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.staff import Post, Staff

# So long whoever served there counts as if he did.
_REMEMBERED = timedelta(days=90)


def serves_discipline(session: Session, book: Book, staff: Staff) -> bool:
    """Whether somebody works there now, in whatever role, or reads the sealed class."""
    if book.campaign.discipline_code in staff.unit_codes:
        return True
    return session.get(SealedReader, staff.id) is not None


def counts_as_discipline(session: Session, book: Book, staff: Staff) -> bool:
    """The same, or whether he did in the last ninety days: a post that was taken a moment ago
    changes nothing about who decides."""
    return serves_discipline(session, book, staff) or _served_lately(session, book, staff.id)


def tell_discipline(session: Session, book: Book, *, but: int) -> None:
    """Tell everybody there by mail, but one who is told anyway, to look after the accounts."""
    code = book.campaign.discipline_code
    posted = select(Staff).where(Staff.active, Staff.posts.any(Post.unit_code == code))
    for one in session.scalars(posted.order_by(Staff.id)):
        if one.id != but and is_of_discipline(only_stamped(session, one), book.campaign):
            tell_owner(session, one.id)


def end_reading(session: Session, staff_id: int, *, by: int) -> None:
    """Whoever has no post there any more reads the sealed class no more, nor is let in."""
    with suppress(NoReader):
        take_off(session, staff_id, by=by)
    session.execute(delete(SealedInvitation).where(SealedInvitation.staff_id == staff_id))


def _served_lately(session: Session, book: Book, staff_id: int) -> bool:
    code, since = book.campaign.discipline_code, clock.now() - _REMEMBERED
    left = (
        select(Leaver.id)
        .join(LeaverUnit, LeaverUnit.leaver_id == Leaver.id)
        .where(Leaver.staff_id == staff_id, Leaver.left_at > since, LeaverUnit.unit_code == code)
    )
    taken = select(Event.seq).where(
        IS_OF_STAFF,
        Event.name == "post_taken",
        Event.happened_at > since,
        Event.facts["staff"].as_integer() == staff_id,
        Event.facts["unit"].as_string() == code,
    )
    return any(session.scalars(one.limit(1)).first() is not None for one in (left, taken))
