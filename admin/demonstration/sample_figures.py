"""A month of a demonstration's sample cases, published as two people do it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from admin.demonstration.sample_people import publishers
from admin.figures.counting import count_milestones
from admin.public_figures.preparing import months, open_draft, prepare
from admin.public_figures.release import release
from portal.campaign.book import book
from portal.foundation.database import Database
from portal.published.month_figures import MonthFigures


def publish_newest_month(database: Database) -> None:
    """Publish the newest ended month in which something came, unless somebody has had it in hand or
    there is nobody to."""
    count_milestones(database)
    with database.writing() as session:
        campaign_book = book(session)
        month = next(iter(months(session)), None)
        people = publishers(session, campaign_book)
        if month is None or len(people) < 2 or _in_hand(session, month):
            return
        draft = prepare(session, month, by=people[0], version=0)
        release(session, draft, by=people[1], version=draft.version)


def _in_hand(session: Session, month: date) -> bool:
    return session.get(MonthFigures, month) is not None or open_draft(session, month) is not None
