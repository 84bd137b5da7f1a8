"""Reminding of requests about one's own information (催办): on the third working day before the
date and once it is over."""

from __future__ import annotations

from datetime import date

from admin.enquiries import reminding
from admin.enquiries.sort import Sort
from intake.cases.rights_request import RightsRequest
from intake.rights.promise import promised
from portal.campaign.book import Book
from portal.foundation.database import Database

_REQUESTS = Sort(
    RightsRequest,
    waits=RightsRequest.decided_at.is_(None),
    due_on=lambda one, found: promised(one.received_on, found).working.due_on,
    events="rights",
    fact="request",
    # A refusal takes two people.
    days_before=3,
)


def remind_of_requests(database: Database) -> int:
    """Remind of every request whose day has come; returns of how many."""
    return reminding.remind(database, _REQUESTS)


def is_near(due_on: date, found: Book) -> bool:
    """Whether a date is so near that somebody is reminded of it."""
    return reminding.is_near(due_on, found, _REQUESTS.days_before)
