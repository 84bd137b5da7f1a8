"""Telling every cached page that something it shows has changed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.campaign.campaign import Campaign


def new_revision(session: Session) -> int:
    """Count the campaign's revision on; returns it, or 0 where no campaign is loaded yet.

    The row is held, since two changes at a time would count it on only once.
    """
    campaign = session.get(Campaign, 1, with_for_update=True, populate_existing=True)
    if campaign is None:
        return 0
    campaign.revision += 1
    session.flush()
    return campaign.revision
