"""Who stands at the desk in this request, and the book he works by."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.guard import signed_in
from admin.accounts.unlocked_class import is_unlocked_here
from portal.campaign.book import Book, book


@dataclass(frozen=True)
class Desk:
    """A person's access and the campaign's book, read once for a request."""

    access: Access
    book: Book

    @classmethod
    def of(cls, session: Session) -> Desk:
        """The desk of whoever is signed in."""
        campaign_book = book(session)
        unlocked = is_unlocked_here()
        return cls(Access.of(signed_in(), campaign_book, unlocked=unlocked), campaign_book)
