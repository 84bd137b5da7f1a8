"""What the holder of a code reads of the request about his own information: how far it is, the
answer, his own words."""

from __future__ import annotations

from flask import Response, make_response, render_template
from sqlalchemy.orm import Session

from intake.pages.shown_request import ShownRequest
from intake.rights.own_request import look_up_request


def request_page(session: Session, typed: str) -> Response:
    """The page of the request whose code was typed.

    Raises:
        UnknownCode: there is none.
    """
    own = ShownRequest.of(look_up_request(session, typed))
    return make_response(render_template("intake/rights_request.html", own=own))
