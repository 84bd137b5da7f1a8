"""Reminding of mistakes on the site (催办): on the working day before the date and once it is over.
What discipline inspection answers in the office's stead reminds nobody at the office's desk."""

from __future__ import annotations

from admin.enquiries.reminding import remind
from admin.enquiries.sort import Sort
from intake.cases.site_mistake import SiteMistake
from intake.mistakes.promise import promised
from portal.foundation.clock import day_of
from portal.foundation.database import Database

_MISTAKES = Sort(
    SiteMistake,
    waits=SiteMistake.outcome.is_(None),
    due_on=lambda one, found: promised(day_of(one.reported_at), found).working.due_on,
    events="mistake",
    fact="mistake",
    days_before=1,
)


def remind_of_mistakes(database: Database) -> int:
    """Remind of every mistake whose day has come; returns of how many."""
    return remind(database, _MISTAKES)
