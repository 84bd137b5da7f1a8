"""Whom a campaign names to decide about its cases, one after the other (bodies of its data)."""

from __future__ import annotations

from intake.rules.recusal import Chain
from portal.campaign.book import Book


def chain_of(book: Book) -> Chain:
    """The office, discipline inspection for when the office is accused, and the body above."""
    campaign = book.campaign
    return Chain(campaign.office_code, campaign.discipline_code, campaign.superior_code)
