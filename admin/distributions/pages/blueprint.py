"""The blueprint that the pages of lists hang on, and how a draft is found."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.distributions.distribution_draft import DistributionDraft
from admin.publishing.pages.room import publishing_room, the_one

blueprint = publishing_room("distributions", __name__)


def the_draft(session: Session, number: str, *, to_change: bool = False) -> DistributionDraft:
    """The draft of that number."""
    wanted = select(DistributionDraft).where(DistributionDraft.number == number.replace("\0", ""))
    return the_one(session, wanted, to_change=to_change)
