"""Copies of policies that have ended since (the worker's job): their page stays here and says so,
and elsewhere they would go on promising money."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.campaign.book import book
from portal.campaign.revision import new_revision
from portal.foundation import clock
from portal.foundation.database import Database
from portal.published.appearance import Appearance


def note_stopped_policies(database: Database) -> int:
    """Note each copy of a policy whose last day is over as one that is to be taken down; returns
    how many. A copy that appeared later tells of the end itself."""
    with database.reading() as session:
        if not _stopped(session):
            return 0
    with database.writing() as session:
        stopped = _stopped(session)
        for one, last_day in stopped:
            one.gone_on = last_day + timedelta(days=1)
        session.flush()
        new_revision(session)
    return len(stopped)


def _stopped(session: Session) -> list[tuple[Appearance, date]]:
    """The copies, each with the last day of what it is of."""
    policies, today = book(session).policies, clock.today()
    over = {
        f"/policies/{code}": one.ended_on
        for code, one in policies.items()
        if one.ended_on and one.ended_on < today
    }
    copies = select(Appearance).where(Appearance.path.in_(over), Appearance.gone_on.is_(None))
    return [
        (one, over[one.path])
        for one in session.scalars(copies)
        if one.appeared_on <= over[one.path]
    ]
