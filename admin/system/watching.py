"""Watching the dates of cases and of what units were asked to check: in office hours the worker
writes down which are over, and reminds the units of what is near or late.

A case says itself on which day it has to be looked at next, so that nothing is looked for in vain.
"""

from __future__ import annotations

from sqlalchemy import select

from admin.desk import verification_reminding
from admin.desk.reminding import watch
from intake.cases.case import Case
from intake.office_hours import is_office_hour
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.database import Database

# Few enough that nobody waits long for his turn at writing.
_AT_ONCE = 50


def watch_dates(database: Database) -> int:
    """Look at every case whose day has come; returns how many. Outside office hours, or where the
    campaign reminds nobody, it does nothing."""
    done = 0
    while True:
        with database.writing() as session:
            campaign_book = book(session)
            if not is_office_hour(clock.now(), campaign_book):
                return done
            due = select(Case).where(Case.watch_on <= clock.today()).limit(_AT_ONCE)
            cases = session.scalars(due.with_for_update()).all()
            for case in cases:
                watch(session, case, campaign_book)
        done += len(cases)
        if len(cases) < _AT_ONCE:
            return done


def watch_verifications(database: Database) -> int:
    """Remind of every question whose day has come; returns how many. When nobody is reminded of a
    case, nobody is of a question."""
    done = 0
    while True:
        with database.writing() as session:
            campaign_book = book(session)
            if not is_office_hour(clock.now(), campaign_book):
                return done
            found = verification_reminding.to_remind(session, _AT_ONCE)
            for one, case in found:
                verification_reminding.remind(session, one, case, campaign_book)
        done += len(found)
        if len(found) < _AT_ONCE:
            return done
