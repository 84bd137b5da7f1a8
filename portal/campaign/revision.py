"""Telling every cached page that something it shows has changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.campaign.campaign import Campaign


def new_revision(session: Session) -> int:
    """Count the campaign's revision on: something was published or withdrawn. Returns it, or 0
    where no campaign is loaded yet.

    The row is held, since two changes at a time would count it on only once.
    """
    return _count_on(session, book=False)


def new_book_revision(session: Session) -> int:
    """The same where the book says something else now: who is in charge, policies, days and dates,
    whether the campaign runs. Every process reads it anew."""
    return _count_on(session, book=True)


def _count_on(session: Session, *, book: bool) -> int:
    campaign = session.get(Campaign, 1, with_for_update=True, populate_existing=True)
    if campaign is None:
        return 0
    campaign.revision += 1
    campaign.book_revision += int(book)
    session.flush()
    return campaign.revision
