"""The blueprint that these pages hang on, and who may open them."""

from __future__ import annotations

from flask import abort, current_app
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.frame import room
from admin.closing.open_cases import Wanted
from admin.desk.pages.desk import Desk
from portal.foundation.links import Links
from portal.foundation.staff import Role

OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)
DECIDING = (*OFFICE_ROLES, Role.DISCIPLINE)

blueprint = room("closing", __name__)
Answer = str | tuple[str, int] | Response


def deciding_desk(session: Session) -> Desk:
    """The desk of somebody who decides about cases; for anybody else the page doesn't exist."""
    desk = Desk.of(session)
    of_discipline = desk.book.campaign.discipline_code in desk.access.desks
    return desk if desk.access.as_office or of_discipline else abort(404)


def list_address(wanted: Wanted) -> str:
    """The address of a list of open cases."""
    return f"{links().closing('cases')}?{wanted.query}"


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found
