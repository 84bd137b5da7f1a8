"""What becomes of the words about a mistake on the site, were they a report: whom they accuse is
read as a text message is, where nobody chose a kind either."""

from __future__ import annotations

from sqlalchemy.orm import Session

from intake.cases.case import Channel
from intake.decision import Decision
from intake.free_text import draft_of_text
from intake.prepare import decision_on
from portal.campaign.book import book


def read_as_report(session: Session, said: str) -> Decision:
    """The decision on a report of these words; nothing is kept of it.

    Raises:
        NoCampaign: nothing is loaded.
    """
    return decision_on(session, draft_of_text(said, Channel.WEB, book(session)))
