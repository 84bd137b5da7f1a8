"""The blueprint that these pages hang on, and who may open them."""

from __future__ import annotations

from flask import Response
from sqlalchemy.orm import Session

from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.publishing.desk import NotAtThisDesk, Publisher
from portal.campaign.book import book
from portal.foundation.errors import error_page

blueprint = room("appearances", __name__)


def publisher(session: Session) -> Publisher:
    """Whoever is signed in, as somebody at the publishing desk."""
    return Publisher.of(signed_in(), book(session))


@blueprint.errorhandler(NotAtThisDesk)
def not_there(_error: NotAtThisDesk) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)
