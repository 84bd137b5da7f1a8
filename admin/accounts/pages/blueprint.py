"""The blueprint that the pages of this room hang on."""

from __future__ import annotations

from flask import Blueprint, Response

from admin.accounts.frame import staff_frame
from admin.accounts.open_form import hand_out_cookie

blueprint = Blueprint("accounts", __name__, url_prefix="/staff")
blueprint.context_processor(staff_frame)
# The sign-in page also answers for pages of other rooms, when a sign-in has run out there.
blueprint.after_app_request(hand_out_cookie)


@blueprint.after_request
def never_kept(response: Response) -> Response:
    """Neither browser nor proxy may keep a page about a person, a seed or a form token."""
    response.headers["Cache-Control"] = "no-store"
    return response
