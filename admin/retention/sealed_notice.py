"""Sealed cases (密件) on the list of what is destroyed: everybody of discipline inspection reads
how many there are, and nothing goes of which nobody there can have read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, sealed_for
from admin.retention.destruction_notice import DestructionNotice
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.cases.event import Event
from intake.rules.retention import Reason, What
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.staff import Post, Role, Staff


def sealed_on_list(session: Session, access: Access, book: Book) -> int:
    """How many sealed cases stand on the list, for a person of discipline inspection, whether he
    reads them or not; for anybody else none."""
    if book.campaign.discipline_code not in access.desks:
        return 0
    wanted = (
        select(func.count(Case.id.distinct()))
        .join(DestructionNotice, DestructionNotice.case_id == Case.id)
        .where(Case.destroyed_on.is_(None), sealed_for(access, book, open_only=False))
    )
    return session.scalar(wanted) or 0


def was_shown(
    session: Session,
    family: Sequence[Case],
    book: Book,
    goes: tuple[What, Reason],
    *,
    notice_days: int,
) -> bool:
    """Whether, of a message that has a sealed case, somebody of discipline inspection whom it
    doesn't name has signed in since this stood on the list, for this reason, and so many days ago:
    above his list of cases the count stood from then on. Of any other message there is no such
    count, and it is True. That its contact would go by age told nobody that its words go."""
    ids = [case.id for case in family if case.sealed]
    if not ids:
        return True
    what, reason = goes
    listed = select(func.max(DestructionNotice.listed_on)).where(
        DestructionNotice.case_id.in_(ids),
        DestructionNotice.what == what,
        DestructionNotice.reason == reason,
    )
    since = session.scalar(listed)
    return since is not None and _signed_in(
        session, ids, book, since=since, until=clock.today() - timedelta(notice_days)
    )


def _signed_in(
    session: Session, ids: Sequence[int], book: Book, *, since: date, until: date
) -> bool:
    """Whether one of them has, from the day after `since`, on which the list may have been later
    than he, until the last hour of `until`."""
    named = select(Bar.staff_id).where(Bar.case_id.in_(ids), Bar.staff_id.is_not(None))
    there = (
        select(Post.staff_id)
        .join(Staff, Staff.id == Post.staff_id)
        .where(
            Staff.active,
            Post.unit_code == book.campaign.discipline_code,
            Post.role == Role.DISCIPLINE,
            Post.staff_id.not_in(named),
        )
    )
    at = select(Event.happened_at).where(Event.name == "signed_in", Event.staff_id.in_(there))
    return any(since < clock.day_of(one) <= until for one in session.scalars(at))
