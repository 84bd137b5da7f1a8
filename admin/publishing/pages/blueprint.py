"""The blueprint that the publishing desk's pages hang on, and who may open them."""

from __future__ import annotations

from flask import Response, abort
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.ledger.problem import Problem
from admin.publishing.desk import NotAtThisDesk, Publisher
from admin.publishing.result_draft import ResultDraft
from portal.campaign.book import book
from portal.foundation.errors import error_page

blueprint = room("publishing", __name__)


def publisher(session: Session) -> Publisher:
    """Whoever is signed in, as somebody at this desk."""
    return Publisher.of(signed_in(), book(session))


def the_draft(session: Session, draft_id: int, *, to_change: bool = False) -> ResultDraft:
    """The draft of that number; `to_change` holds the row, so that the later of two waits."""
    wanted = select(ResultDraft).where(ResultDraft.id == draft_id)
    draft = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    if draft is None:
        abort(404)
    return draft


def the_problem(session: Session, number: str) -> Problem:
    """The problem of that number; whoever is at this desk may publish any of them."""
    problem = session.scalars(select(Problem).where(Problem.number == number)).first()
    if problem is None:
        abort(404)
    return problem


@blueprint.errorhandler(NotAtThisDesk)
def not_there(_error: NotAtThisDesk) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)
