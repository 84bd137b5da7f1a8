"""The blueprint that the pages of declarations hang on, and who may open them."""

from __future__ import annotations

from flask import Response, abort, current_app
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirect

from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.declarations.declaration import Declaration
from admin.declarations.declaration_list import entry_of
from admin.declarations.keeper import Keeper, NotAKeeper
from portal.campaign.book import book
from portal.foundation.errors import error_page
from portal.foundation.links import Links

blueprint = room("declarations", __name__)
Answer = str | tuple[str, int] | Redirect


def keeper(session: Session) -> Keeper:
    """Whoever is signed in, as somebody who keeps declarations."""
    return Keeper.of(signed_in(), book(session))


def the_entry(session: Session, me: Keeper, key: str, *, to_change: bool = False) -> Declaration:
    """The entry of that key; another unit's is as if it weren't there."""
    return entry_of(session, me, key, to_change=to_change) or abort(404)


def links() -> Links:
    """Every address."""
    found: Links = current_app.extensions["links"]
    return found


@blueprint.errorhandler(NotAKeeper)
def not_there(_error: NotAKeeper) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)
