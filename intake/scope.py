"""What the ledger may take (plan 三): decided by the policy's fund and the year, never by a
keyword."""

from __future__ import annotations

from portal.campaign.book import Book


def in_ledger_scope(book: Book, policy: str | None, fund_year: int | None) -> bool:
    """Whether a case about this policy and year may enter the ledger; what isn't known is in."""
    fund_fits = policy is None or book.policies[policy].in_scope
    return fund_fits and (fund_year is None or fund_year in book.campaign.scope["fund_years"])
