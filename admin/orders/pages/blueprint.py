"""The blueprint that these pages hang on, and who stands behind a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort, current_app, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.access import HANDS_OVER_CLUES, Access
from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.desk.pages import done
from admin.orders.rows import Sender
from intake.cases.case import ORDER_CHANNELS, Channel
from portal.campaign.book import Book, book
from portal.campaign.unit import UnitKind
from portal.foundation.links import Links
from portal.foundation.staff import Role

OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)
# Whether somebody of these serves an audit body, is asked inside.
ENTERING_ROLES = (*OFFICE_ROLES, *HANDS_OVER_CLUES)

blueprint = room("orders", __name__)
Answer = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Clerk:
    """Who enters orders, and whose: the office those of every sender, an audit body its own."""

    access: Access
    book: Book

    @classmethod
    def of(cls, session: Session) -> Clerk:
        """Whoever is signed in; for whoever enters none, the page doesn't exist."""
        campaign_book = book(session)
        clerk = cls(Access.of(signed_in(), campaign_book), campaign_book)
        return clerk if clerk.sources else abort(404)

    @classmethod
    def of_the_office(cls, session: Session) -> Clerk:
        """The same; for whoever isn't of the office, the page doesn't exist."""
        clerk = cls.of(session)
        return clerk if clerk.access.as_office else abort(404)

    @classmethod
    def of_audit(cls, session: Session) -> Clerk:
        """The same; for whoever serves no audit body, the page doesn't exist."""
        clerk = cls.of(session)
        return clerk if clerk.access.audits else abort(404)

    @property
    def sources(self) -> Sequence[Channel]:
        """The senders whose orders this person enters."""
        if self.access.as_office:
            return ORDER_CHANNELS
        return (Channel.AUDIT,) if self.access.audits else ()

    @property
    def source(self) -> Channel:
        """The sender that the address names; the first where it names none of his."""
        asked = request.args.get("source", "")
        return next((one for one in self.sources if one == asked), self.sources[0])

    def audit_bodies(self, source: Channel) -> Sequence[tuple[str, str]]:
        """The audit bodies, each as its code and its name, whose clues this person enters: those
        that he serves; of what came on paper, all."""
        if source is not Channel.AUDIT:
            return ()
        every = [u for u in self.book.units.values() if u.kind is UnitKind.AUDIT]
        own = [u for u in every if u.code in self.access.audits]
        return [(u.code, u.name) for u in own or every]

    def sender(self, source: Channel, chosen: str = "") -> Sender:
        """The sender of what this person enters; of several audit bodies the `chosen` one, which
        then sees what became of its clue."""
        bodies = [code for code, _ in self.audit_bodies(source)]
        if len(bodies) > 1:
            bodies = [code for code in bodies if code == chosen]
        return Sender(source, self.access.staff_id, bodies[0] if bodies else None)

    @property
    def home(self) -> str:
        """The list that his work begins with."""
        return links().orders() if self.access.as_office else links().clues()


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found


def go_to(address: str, staff_id: int, sentence: str) -> Response:
    """Lead to a page that says what was done."""
    said = urlencode({done.FIELD: done.pack(staff_id, [sentence])})
    return redirect(f"{address}{'&' if '?' in address else '?'}{said}", 303)
