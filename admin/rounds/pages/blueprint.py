"""The blueprint that the rounds' pages hang on, and who reads them."""

from __future__ import annotations

from flask import Response, current_app, redirect
from werkzeug.wrappers import Response as AnyResponse

from admin.accounts.frame import room
from admin.rounds.round_file import NoSuchRound
from portal.foundation.errors import error_page
from portal.foundation.links import Links
from portal.foundation.staff import Role

OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)
READING_ROLES = (Role.OFFICER, Role.HEAD, *OFFICE_ROLES)
Answer = str | tuple[str, int] | AnyResponse

blueprint = room("rounds", __name__)


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found


def go_to(address: str, done: str) -> AnyResponse:
    """Lead to a page that says what was done."""
    return redirect(f"{address}?done={done}", 303)


@blueprint.errorhandler(NoSuchRound)
def not_there(_error: LookupError) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)
