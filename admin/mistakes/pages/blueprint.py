"""The blueprint that these pages hang on, and who may open them: whoever is at the publishing desk
of the office."""

from __future__ import annotations

from flask import Response, abort, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.publishing.desk import NotAtThisDesk, Publisher
from intake.cases.site_mistake import SiteMistake
from intake.mistakes.page_address import path_on_site
from portal.campaign.book import book
from portal.foundation.errors import error_page

blueprint = room("mistakes", __name__)


def publisher(session: Session) -> Publisher:
    """Whoever is signed in, as somebody at this desk."""
    return Publisher.of(signed_in(), book(session))


def the_mistake(session: Session, number: str, *, to_change: bool = False) -> SiteMistake:
    """The mistake of that number; `to_change` holds the row, so that the later of two waits."""
    wanted = select(SiteMistake).where(SiteMistake.number == number)
    found = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    if found is None:
        abort(404)
    return found


def address_of(page: str) -> str:
    """Where the page that a writer named is on the public site; empty where he named none by its
    address."""
    path = path_on_site(page, current_app.extensions["settings"].public_url)
    return current_app.extensions["links"].in_full(path) if path else ""


@blueprint.errorhandler(NotAtThisDesk)
def not_there(_error: NotAtThisDesk) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)
