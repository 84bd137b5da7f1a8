"""Whether what somebody writes as a mistake on the site may be a report about those who read it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from intake.at_work import at_work
from intake.cases.case import Channel
from intake.free_text import draft_of_text
from intake.route import route
from portal.campaign.book import book
from portal.foundation import clock


def may_accuse_readers(session: Session, words: str) -> bool:
    """Whether the words, were they a report, would be kept from the office, or name somebody who
    works here as doing wrong (信访工作条例 30(3)). It is often a mere doubt: the writer is asked.

    Raises:
        NoCampaign: nothing is loaded.
    """
    campaign_book = book(session)
    draft = draft_of_text(words, Channel.WEB, campaign_book)
    decision = route(draft, campaign_book, clock.today(), at_work(session))
    return campaign_book.campaign.office_code in decision.barred or bool(decision.people_by_words)
