"""The place in a list that somebody came from: links and forms carry it along, and after an act it
is where he is again."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import current_app, redirect, request
from werkzeug.wrappers import Response

from admin.accounts.access import Access
from admin.desk.pages import done
from admin.desk.queue_view import View
from portal.campaign.book import Book
from portal.foundation.links import Links

FIELD = "list"


def carried(access: Access, book: Book) -> View:
    """The list that this request came from."""
    query = request.form.get(FIELD) or request.args.get(FIELD) or ""
    return View.from_query(query, access, book)


def address(view: View) -> str:
    """The address of a list."""
    return f"{_links().cases()}?{view.query}"


def case_address(number: str, view: View, act: str = "") -> str:
    """The address of a case, or of the page of one of its acts, that knows the way back to a
    list."""
    path = _links().move(number, act) if act else _links().case(number)
    return f"{path}?{urlencode({FIELD: view.query})}"


def back_to(view: View, staff_id: int, sentences: Sequence[str]) -> Response:
    """Lead back to a list, where the sentences are then said."""
    said = urlencode({done.FIELD: done.pack(staff_id, sentences)})
    return redirect(f"{address(view)}&{said}", 303)


def _links() -> Links:
    found: Links = current_app.extensions["links"]
    return found
