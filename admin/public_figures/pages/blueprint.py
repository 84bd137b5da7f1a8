"""The blueprint that these pages hang on, and who may open them: whoever publishes."""

from __future__ import annotations

from datetime import date

from flask import Response, abort
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.public_figures.figures_draft import FiguresDraft
from admin.public_figures.month import month_of
from admin.publishing.desk import NotAtThisDesk, Publisher
from portal.campaign.book import book
from portal.foundation.errors import error_page
from portal.published.month_figures import MonthFigures

blueprint = room("public_figures", __name__)


def publisher(session: Session) -> Publisher:
    """Whoever is signed in, as somebody at the publishing desk."""
    return Publisher.of(signed_in(), book(session))


def the_draft(session: Session, draft_id: int, *, to_change: bool = False) -> FiguresDraft:
    """The draft of that number; `to_change` holds the row, so that the later of two waits."""
    wanted = select(FiguresDraft).where(FiguresDraft.id == draft_id)
    draft = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    if draft is None:
        abort(404)
    return draft


def published(session: Session, text: str) -> MonthFigures:
    """The month of an address, which stands on the public site."""
    month: date | None = month_of(text)
    found = session.get(MonthFigures, month) if month else None
    if found is None or found.kept is None:
        abort(404)
    return found


@blueprint.errorhandler(NotAtThisDesk)
def not_there(_error: NotAtThisDesk) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)
