"""The blueprint that these pages hang on, who may open them, and what several of them do."""

from __future__ import annotations

from flask import Response, abort, current_app, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.policies import drafting
from admin.policies.policy_draft import PolicyDraft
from admin.policies.proposal import Proposal
from admin.publishing.desk import NotAtThisDesk, Publisher
from portal.campaign.book import book
from portal.campaign.campaign import Campaign
from portal.foundation.errors import error_page

blueprint = room("policies", __name__)


def publisher(session: Session, *, to_change: bool = False) -> Publisher:
    """Whoever is signed in, as somebody at the publishing desk. `to_change` holds the campaign, so
    that the list doesn't change under him."""
    if to_change:
        session.get(Campaign, 1, with_for_update=True, populate_existing=True)
    return Publisher.of(signed_in(), book(session))


def the_draft(session: Session, key: str, *, to_change: bool = False) -> PolicyDraft:
    """The draft of that key; `to_change` holds the row, so that the later of two waits."""
    wanted = select(PolicyDraft).where(PolicyDraft.key == key)
    draft = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    if draft is None:
        abort(404)
    return draft


def draft_asked() -> str:
    """The key of the draft that a change is to go into; empty: it becomes a draft of its own."""
    return request.args.get("draft", "")


def keep(session: Session, me: Publisher, proposal: Proposal, version: int) -> PolicyDraft:
    """Draft these changes, or put them into the draft that the address names.

    Raises:
        SomebodyWasFaster, NotADraft, NothingChanges, Refused: see there.
    """
    key = draft_asked()
    if not key:
        return drafting.draft_policies(session, by=me, proposal=proposal)
    draft = the_draft(session, key, to_change=True)
    drafting.draft_anew(session, draft, by=me, version=version, proposal=proposal)
    return draft


def drafted_address(draft: PolicyDraft) -> str:
    """Where a draft that was just written is read."""
    links = current_app.extensions["links"]
    return f"{links.policy_draft(draft.key)}?done=drafted"


@blueprint.errorhandler(NotAtThisDesk)
def not_there(_error: NotAtThisDesk) -> Response:
    """What one may not see answers exactly as what doesn't exist."""
    return error_page(404)
