"""Taking down the lists whose time is over (the worker's job), however long it didn't run."""

from __future__ import annotations

from sqlalchemy import select

from admin.distributions.release import forget_draft
from intake.cases.event import record
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.erasing import erase_deleted
from portal.published.distributing import note_erased, take_down
from portal.published.distribution import Distribution, TakenDown
from portal.published.distribution_row import DistributionRow


def take_down_lists(database: Database) -> int:
    """Delete the rows of every list whose last day has passed, each in one transaction, and wipe
    what was deleted from the database's files. Returns how many lists were taken down.

    The public pages don't wait for this: they ask for the day.
    """
    done = 0
    while _take_one_down(database):
        done += 1
    _wipe(database)
    return done


def _take_one_down(database: Database) -> bool:
    with database.writing() as session:
        one = session.scalars(
            select(Distribution)
            .where(Distribution.taken_down_on.is_(None), Distribution.shown_until < clock.today())
            .limit(1)
            .with_for_update()
        ).first()
        if one is None:
            return False
        take_down(session, one, on=clock.today(), because=TakenDown.PERIOD_OVER)
        forget_draft(session, one.number)
        record(session, "distribution_taken_down", distribution=one.number)
    return True


def _wipe(database: Database) -> None:
    """What couldn't be wiped because somebody was reading is wiped in a later round."""
    gone = select(Distribution.number).where(
        Distribution.taken_down_on.is_not(None), Distribution.erased_at.is_(None)
    )
    with database.reading() as session:
        numbers = session.scalars(gone).all()
    tables = (DistributionRow.__tablename__, Distribution.__tablename__)
    if not numbers or not erase_deleted(database.engine, *tables):
        return
    with database.writing() as session:
        for number in numbers:
            note_erased(session.get_one(Distribution, number))
