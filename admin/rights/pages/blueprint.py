"""The blueprint that these pages hang on, and how what they show is found."""

from __future__ import annotations

from flask import abort, current_app, redirect
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.access import Access
from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.accounts.request_access import requests_visible
from admin.accounts.unlocked_class import is_unlocked_here
from admin.rights.refusals import (
    AlreadyDecided,
    CaseIsDestroyed,
    NeedsSecondPerson,
    NothingProposed,
    SomebodyWasFaster,
    WaitsForSecondPerson,
)
from intake.cases.rights_request import RightsRequest
from portal.campaign.book import Book, book
from portal.foundation.links import Links

blueprint = room("rights", __name__)
Answer = str | tuple[str, int] | Response
WHY: dict[type[Exception], str] = {
    AlreadyDecided: "已经有同事答复了，您做的没有算。",
    SomebodyWasFaster: "您打开这一页以后，这一条有了变化。您写的都在，请再看一遍。",
    CaseIsDestroyed: "这件的内容已经销毁了，更正写不进去。请改选“不同意”，写明已经销毁。",
    NeedsSecondPerson: "不同意是您提的，要请另一位同事来看。",
    NothingProposed: "现在没有等第二人看的不同意。",
    WaitsForSecondPerson: "已经有同事提了不同意，正等第二人看。",
}


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found


def keeper(session: Session) -> tuple[Access, Book]:
    """What whoever is signed in may see, and the campaign; 404 where his role is in another
    unit."""
    known = book(session)
    access = Access.of(signed_in(), known, unlocked=is_unlocked_here())
    if not access.answers_requests:
        abort(404)
    return access, known


def the_request(
    session: Session, me: Access, number: str, *, to_change: bool = False
) -> RightsRequest:
    """The request of that number, if it exists for this person; `to_change` holds it."""
    wanted = select(RightsRequest).where(RightsRequest.number == number, requests_visible(me))
    held = wanted.with_for_update() if to_change else wanted
    return session.scalars(held).first() or abort(404)


def go_to(number: str, done: str) -> Response:
    """Lead to the page of a request, which says what was done."""
    return redirect(f"{links().rights_requests(number)}?done={done}", 303)


def whole(text: str | None) -> int:
    """A version as a form carries it; -1, which nothing has, where none was sent."""
    sent = text or ""
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else -1
