"""The blueprint that the pages of the record hang on, and who may open them."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, current_app, request
from sqlalchemy.orm import Session

from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.publicity.entry_list import WHOLE_DISTRICT, Asked, entry_of
from admin.publicity.publicity_entry import PublicityEntry
from admin.publicity.recorder import DESK_ROLES, UNIT_ROLES, NotARecorder, Recorder
from portal.campaign.book import book
from portal.foundation.errors import error_page
from portal.foundation.links import Links

blueprint = room("publicity", __name__)

ROLES = (*DESK_ROLES, *UNIT_ROLES)


def recorder(session: Session) -> Recorder:
    """Whoever is signed in, as somebody who keeps the record."""
    return Recorder.of(signed_in(), book(session))


def the_entry(
    session: Session, me: Recorder, entry_id: int, *, to_change: bool = False
) -> PublicityEntry:
    """The entry of that number; another unit's is as if it weren't there."""
    return entry_of(session, me, entry_id, to_change=to_change) or abort(404)


def asked_for(me: Recorder) -> Asked:
    """What the address asks for; what nobody knows narrows nothing down."""
    place, month = request.args.get("place", ""), request.args.get("month", "")
    known = {WHOLE_DISTRICT, *(one.code for one in me.streets)}
    return Asked(place if place in known else "", _first_day(month))


def links() -> Links:
    """Every address."""
    found: Links = current_app.extensions["links"]
    return found


@blueprint.errorhandler(NotARecorder)
def not_there(_error: NotARecorder) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)


def _first_day(month: str) -> date | None:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
