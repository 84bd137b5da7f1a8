"""Asking for progress (催问进展): every so many working days without news, the worker reminds
whoever follows a referral, in office hours."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.event import record
from intake.cases.referral import Referral, ReferralState
from intake.office_hours import is_office_hour
from portal.campaign.book import Book, book
from portal.foundation import clock
from portal.foundation.database import Database

_AT_ONCE = 50


def next_reminder(since: date, campaign_book: Book) -> date | None:
    """The Shanghai day on which to ask again: the campaign's number of working days after `since`;
    None where it asks for none."""
    left, day = campaign_book.campaign.referral.get("remind_every") or 0, since
    if not left:
        return None
    while left:
        day += timedelta(days=1)
        left -= campaign_book.calendar.is_working(day)
    return day


def remind(session: Session, referral: Referral, campaign_book: Book) -> None:
    """Write down that it is time to ask how far a body is, and when it will be again."""
    referral.reminded_on = clock.today()
    referral.remind_on = next_reminder(clock.today(), campaign_book)
    record(session, "progress_due", case_id=referral.case_id, referral=referral.key)


def remind_of_progress(database: Database) -> int:
    """Remind of every referral whose day has come; returns of how many. Outside office hours it
    does nothing."""
    done = 0
    while True:
        with database.writing() as session:
            campaign_book = book(session)
            if not is_office_hour(clock.now(), campaign_book):
                return done
            due = select(Referral).where(
                Referral.state == ReferralState.REFERRED, Referral.remind_on <= clock.today()
            )
            found = session.scalars(due.limit(_AT_ONCE).with_for_update()).all()
            for referral in found:
                remind(session, referral, campaign_book)
        done += len(found)
        if len(found) < _AT_ONCE:
            return done
