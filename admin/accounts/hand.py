"""Who acts, on which version of what stands there."""

from __future__ import annotations

from dataclasses import dataclass

from admin.accounts.access import Access
from portal.campaign.book import Book


@dataclass(frozen=True)
class Hand:
    """Who acts on which version, with the campaign's book at hand; 0 where nothing stands yet."""

    access: Access
    book: Book
    version: int

    @property
    def heads_the_office(self) -> bool:
        """Whether this person is the head of the office."""
        return self.access.as_office and self.access.office_code in self.access.heads
