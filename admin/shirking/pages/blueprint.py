"""The blueprint that these pages hang on, and who reads them."""

from __future__ import annotations

from flask import Response, current_app, redirect
from werkzeug.wrappers import Response as AnyResponse

from admin.accounts.frame import room
from admin.ledger.refusals import DayPassed, NeedsText, SomebodyWasFaster, StepNotAllowed
from admin.shirking.letter_list import NoSuchLetter
from portal.foundation.errors import error_page
from portal.foundation.links import Links
from portal.foundation.staff import Role

OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)
READING_ROLES = (Role.OFFICER, Role.HEAD, *OFFICE_ROLES)
Answer = str | tuple[str, int] | AnyResponse
WHY: dict[type[Exception], str] = {
    StepNotAllowed: "这封信现在不能这样办，或者不该由您来办。",
    SomebodyWasFaster: "您打开这一页以后，有人改过。先看一看，还要办就再按一次。",
    DayPassed: "回复的日子、约谈的日子，都要在今天以后。",
    NeedsText: "请写几句。",
}

blueprint = room("shirking", __name__)


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
