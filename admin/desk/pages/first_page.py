"""`/staff/`: to where a person's work begins."""

from __future__ import annotations

from flask import redirect
from werkzeug.wrappers import Response

from admin.accounts.guard import signed_in, staff_only
from admin.desk.pages.blueprint import blueprint
from admin.desk.pages.navigation import rooms_of


@blueprint.get("/")
@staff_only()
def first_page() -> Response:
    """Go on to the first of one's rooms."""
    return redirect(rooms_of(signed_in())[0][1], 303)
