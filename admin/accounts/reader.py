"""Who is behind a request to the staff site, and the book he works by: the first line of most
views."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.guard import signed_in
from admin.accounts.hand import Hand
from portal.campaign.book import Book, book


@dataclass(frozen=True)
class Reader:
    """The person behind a request, and the book he works by."""

    access: Access
    book: Book

    @classmethod
    def of(cls, session: Session) -> Reader:
        """Whoever is signed in."""
        campaign_book = book(session)
        return cls(Access.of(signed_in(), campaign_book), campaign_book)

    @classmethod
    def of_the_office(cls, session: Session) -> Reader:
        """The same; for whoever isn't of the office of this campaign, the page doesn't exist."""
        reader = cls.of(session)
        if not reader.access.as_office:
            abort(404)
        return reader

    def hand(self, version: int = 0) -> Hand:
        """This person's hand on a version."""
        return Hand(self.access, self.book, version)
