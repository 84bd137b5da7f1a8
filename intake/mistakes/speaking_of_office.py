"""Whether what somebody writes as a mistake on the site may be a report about those who read it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from intake.mistakes.accusing import read_as_report
from portal.campaign.book import book


def may_accuse_readers(session: Session, said: str) -> bool:
    """Whether the words, were they a report, would be kept from the office, or name somebody who
    works here as doing wrong (信访工作条例 30(3)). It is often a mere doubt: the writer is asked.

    Raises:
        NoCampaign: nothing is loaded.
    """
    decision = read_as_report(session, said)
    office = book(session).campaign.office_code
    return office in decision.barred or bool(decision.people_by_words)
