"""The blueprint that the pages of the sealed class hang on, and who stands before them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.frame import room
from admin.accounts.guard import SignedIn, signed_in_here
from admin.sealed_class.standing import may_read
from portal.campaign.book import Book, book
from portal.foundation.staff import Staff

blueprint = room("sealed_class", __name__)


@dataclass(frozen=True)
class Visitor:
    """Somebody of discipline inspection, and the book he works by."""

    here: SignedIn
    book: Book

    @classmethod
    def of(cls, session: Session) -> Visitor:
        """Whoever is signed in; for anybody else these pages don't exist."""
        found, here = book(session), signed_in_here()
        if not may_read(here.staff, found):
            abort(404)
        return cls(here, found)

    @property
    def staff(self) -> Staff:
        """The person."""
        return self.here.staff

    @property
    def access(self) -> Access:
        """What he may know without having unlocked anything."""
        return Access.of(self.staff, self.book)

    @property
    def as_reader(self) -> Access:
        """The same with what he has unlocked here."""
        return Access.of(self.staff, self.book, unlocked=self.here.unlocked is not None)
