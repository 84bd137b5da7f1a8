"""The blueprint that these pages hang on, who may open them, and what several of them do."""

from __future__ import annotations

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.policies import drafting
from admin.policies.policy_draft import PolicyDraft
from admin.policies.proposal import Proposal
from admin.publishing.desk import Publisher
from admin.publishing.pages.room import links, publisher, publishing_room, the_one
from portal.campaign.campaign import Campaign

blueprint = publishing_room("policies", __name__)


def who_changes(session: Session) -> Publisher:
    """Whoever is signed in, with the campaign held, so that the list doesn't change under him."""
    session.get(Campaign, 1, with_for_update=True, populate_existing=True)
    return publisher(session)


def the_draft(session: Session, key: str, *, to_change: bool = False) -> PolicyDraft:
    """The draft of that key."""
    wanted = select(PolicyDraft).where(PolicyDraft.key == key)
    return the_one(session, wanted, to_change=to_change)


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
    return f"{links().policy_draft(draft.key)}?done=drafted"
