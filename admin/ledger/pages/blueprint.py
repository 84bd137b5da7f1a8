"""The blueprint that the ledger's pages hang on, and who may open them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort
from sqlalchemy.orm import Session

from admin.accounts.access import Access, NoSuchCase
from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.ledger.sight import NoSuchProblem
from admin.ledger.walk import word_of
from portal.campaign.book import Book, book
from portal.foundation.errors import error_page
from portal.foundation.staff import Role

OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)
# Whoever may have a problem before him. Which ones, `sight` decides.
LEDGER_ROLES = (Role.OFFICER, Role.HEAD, *OFFICE_ROLES)

blueprint = room("ledger", __name__)
blueprint.add_app_template_filter(word_of, "ledger_word")


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


@blueprint.errorhandler(NoSuchProblem)
@blueprint.errorhandler(NoSuchCase)
def not_there(_error: LookupError) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)
