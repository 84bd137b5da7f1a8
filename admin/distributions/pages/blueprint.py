"""The blueprint that these pages hang on, and who may open them."""

from __future__ import annotations

from flask import Response, abort, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.distributions.distribution_draft import DistributionDraft
from admin.publishing.desk import NotAtThisDesk, Publisher
from portal.campaign.book import book
from portal.foundation.errors import error_page
from portal.foundation.links import Links

blueprint = room("distributions", __name__)


def publisher(session: Session) -> Publisher:
    """Whoever is signed in, as somebody at this desk."""
    return Publisher.of(signed_in(), book(session))


def the_draft(session: Session, number: str, *, to_change: bool = False) -> DistributionDraft:
    """The draft of that number; `to_change` holds the row, so that the later of two waits."""
    wanted = select(DistributionDraft).where(DistributionDraft.number == number.replace("\0", ""))
    draft = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    if draft is None:
        abort(404)
    return draft


def whole(text: str | None) -> int:
    """A version as a form carries it; -1, which nothing has, where none was sent."""
    sent = text or ""
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else -1


def links() -> Links:
    """The addresses."""
    found: Links = current_app.extensions["links"]
    return found


@blueprint.errorhandler(NotAtThisDesk)
def not_there(_error: NotAtThisDesk) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)
