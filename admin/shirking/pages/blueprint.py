"""The blueprint that these pages hang on, and who reads them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, current_app, redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from admin.accounts.access import Access
from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.shirking.hand import DayPassed, Hand, NeedsText, NotAllowed, SomebodyWasFaster
from admin.shirking.letter_list import NoSuchLetter
from portal.campaign.book import Book, book
from portal.foundation.errors import error_page
from portal.foundation.links import Links
from portal.foundation.staff import Role

OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)
READING_ROLES = (Role.OFFICER, Role.HEAD, *OFFICE_ROLES)
Answer = str | tuple[str, int] | AnyResponse
WHY: dict[type[Exception], str] = {
    NotAllowed: "这封信现在不能这样办，或者不该由您来办。",
    SomebodyWasFaster: "您打开这一页以后，有人改过。先看一看，还要办就再按一次。",
    DayPassed: "回复的日子、约谈的日子，都要在今天以后。",
    NeedsText: "请写几句。",
}

blueprint = room("shirking", __name__)


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


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found


def go_to(key: str, done: str) -> AnyResponse:
    """Lead to a letter's page, which says what was done."""
    return redirect(f"{links().letters(key)}?done={done}", 303)


@blueprint.errorhandler(NoSuchLetter)
def not_there(_error: LookupError) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)
