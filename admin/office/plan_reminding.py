"""Reminding the office of the plan's calendar (plan 五): a duty of which something is left to do is
news a week before its day, and again once that day is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.office.duty_status import SOON, near_duties
from admin.office.plan_dates import Due
from portal.campaign.book import Book
from portal.foundation import clock


def brings_work(session: Session, access: Access, book: Book, since: datetime) -> bool:
    """Whether the calendar has laid something before somebody of the office since then. Units hear
    of what they owe from the rooms that collect it."""
    if not access.as_office:
        return False
    moments = (moment for line in near_duties(session, book) for moment in _moments(line.due))
    return any(since < moment <= clock.now() for moment in moments)


def _moments(due: Due) -> Iterator[datetime]:
    for day in (due.on - SOON, due.on + timedelta(days=1)):
        yield datetime.combine(day, time(), clock.SHANGHAI)
