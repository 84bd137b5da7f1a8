"""What of the requests about one's own information waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.request_access import requests_visible
from admin.rights.reminding import is_near
from intake.cases.rights_request import RightsRequest
from intake.rights.promise import promised
from portal.campaign.book import Book
from portal.foundation import clock

# Counting further would slow the page down.
_MOST_COUNTED = 1000


@dataclass(frozen=True)
class RequestsWaiting:
    """How many wait for their answer; how many of them for a second person, near their date, past
    it."""

    count: int
    proposed: int
    near: int
    late: int


def requests_waiting(session: Session, access: Access, book: Book) -> RequestsWaiting | None:
    """Those that this person may answer; None where there are none. Past 1,000 it stays at one more
    than that."""
    if not access.answers_requests:
        return None
    wanted = (
        select(RightsRequest.received_on, RightsRequest.proposed_at)
        .where(RightsRequest.decided_at.is_(None), requests_visible(access))
        .order_by(RightsRequest.received_on)
        .limit(_MOST_COUNTED + 1)
    )
    rows = session.execute(wanted).all()
    if not rows:
        return None
    due = {day: promised(day, book).working.due_on for day in {one.received_on for one in rows}}
    dates = [due[one.received_on] for one in rows]
    late = sum(day < clock.today() for day in dates)
    return RequestsWaiting(
        count=len(rows),
        proposed=sum(one.proposed_at is not None for one in rows),
        near=sum(is_near(day, book) for day in dates) - late,
        late=late,
    )


def brings_work(session: Session, access: Access, _book: Book, since: datetime) -> bool:
    """Whether a request that waits for this person was reminded of since then, or a refusal of one
    was proposed by somebody else."""
    if not access.answers_requests:
        return False
    new = (RightsRequest.reminded_at > since) | (
        (RightsRequest.proposed_at > since) & (RightsRequest.proposed_by != access.staff_id)
    )
    wanted = select(RightsRequest.id).where(
        RightsRequest.decided_at.is_(None), new, requests_visible(access)
    )
    return session.scalars(wanted.limit(1)).first() is not None
