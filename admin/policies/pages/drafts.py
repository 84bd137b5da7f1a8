"""Reading a draft of policies against what stands now: answering what was found, releasing it,
sending it back, throwing it away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import render_template, request
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.policies import draft_content, drafting, release
from admin.policies.checks import Refused
from admin.policies.columns import NAMES
from admin.policies.drafting import NothingChanges
from admin.policies.pages.blueprint import blueprint, the_draft, who_changes
from admin.policies.pages.shown import shown_of
from admin.policies.policy_draft import PolicyDraft
from admin.policies.proposal import Proposal, differences, digest_of
from admin.publishing.desk import PUBLISHING_ROLES, Publisher, SomebodyWasFaster
from admin.publishing.echoes import Echoes
from admin.publishing.located import Located, answered_in
from admin.publishing.marked_text import marked
from admin.publishing.pages.comparing import Comparing
from admin.publishing.pages.draft_frame import (
    DONE,
    WHY,
    DraftPages,
    explanations,
    framed,
    names_behind,
)
from admin.publishing.pages.room import Answer, links, publisher
from admin.publishing.result_draft import DraftState
from portal.campaign.book import Book
from portal.foundation.database import reading
from portal.published.appearance import appearances_of


def _page(key: str, **shown: Any) -> str:
    with reading() as session:
        me = publisher(session)
        draft = the_draft(session, key)
        content = draft_content.unseal(session, draft, me.office)
        is_over = draft.state is DraftState.RELEASED
        if is_over:
            found = answered_in(content.answers)
        else:
            found = draft_content.findings(content, me.book)
        names = names_behind(session, {draft.drafted_by, draft.released_by or 0}, found)
        copies = appearances_of(session, *_ending(content.proposal))
    place = _place_in(me)
    return render_template(
        "admin/policies/draft.html",
        draft=draft,
        because=content.sent_back_because,
        proposal=content.proposal,
        policies=me.book.policies,
        shown=[] if is_over else shown_of(content.proposal, me.book),
        seen=digest_of(differences(content.proposal, me.book)),
        may_release=release.may_release(draft, content, me),
        copies=[] if is_over else copies,
        is_over=is_over,
        names=names,
        marked_texts={} if is_over else _marked(content.proposal, found, place, me.book),
        **framed(found, place=lambda one: f"{place(one)}：", **shown),
    )


def _texts(session: Session, draft: PolicyDraft, by: Publisher) -> Mapping[str, str]:
    """What is compared with every case: what is released already isn't any more."""
    if draft.state is DraftState.RELEASED:
        return {}
    content = draft_content.unseal(session, draft, by.office)
    return draft_content.texts_to_check(content.proposal, by.book)


def _keep(session: Session, draft: PolicyDraft, by: Publisher, found: Echoes) -> None:
    drafting.note_echoes(session, draft, by=by, found=found)


policies = DraftPages(
    find=the_draft,
    page=_page,
    address=lambda key: links().policy_draft(key),
    called=lambda _session, _draft: "政策清单的改动",
    send_back=release.send_back,
    comparing=Comparing(desk="policies", texts=_texts, keep=_keep),
    done=DONE | {"drafted": "已存好，等另一位同事审读。"},
    why=WHY
    | {
        SomebodyWasFaster: "您打开这一页以后，这一稿或者政策清单有了变化。请再看一遍。",
        NothingChanges: "这一稿要改的，政策清单里已经都是这样了。",
        Refused: "{}",
    },
    who_changes=who_changes,
)


@blueprint.get("/publishing/policies/drafts/<key>")
@staff_only(*PUBLISHING_ROLES)
def draft(key: str) -> str:
    """The draft beside what stands now, with what was found in it."""
    return policies.read(key)


@blueprint.post("/publishing/policies/drafts/<key>/answers")
@staff_only(*PUBLISHING_ROLES)
def answer(key: str) -> Answer:
    """Keep what was written about findings that stay."""
    written = explanations()

    def act(session: Session, found: PolicyDraft, me: Publisher, version: int) -> None:
        drafting.answer(session, found, by=me, version=version, answers=written)

    return policies.do(key, "answered", act, typed=written)


@blueprint.post("/publishing/policies/drafts/<key>/release")
@staff_only(*PUBLISHING_ROLES)
def release_draft(key: str) -> Answer:
    """Release it."""
    seen = request.form.get("seen", "")

    def act(session: Session, found: PolicyDraft, me: Publisher, version: int) -> None:
        release.release(session, found, by=me, version=version, seen=seen)

    return policies.release(key, act)


@blueprint.post("/publishing/policies/drafts/<key>/drop")
@staff_only(*PUBLISHING_ROLES)
def drop_draft(key: str) -> Answer:
    """Throw it away."""

    def act(session: Session, found: PolicyDraft, me: Publisher, version: int) -> None:
        drafting.drop(session, found, by=me, version=version)

    return policies.do(key, "dropped", act, to=links().policy_desk())


@blueprint.get("/publishing/policies/drafts/<key>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_back(key: str) -> str:
    """Ask what has to change."""
    return policies.ask_send_back(key)


@blueprint.post("/publishing/policies/drafts/<key>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_draft_back(key: str) -> Answer:
    """Send it back, or give the form back with what was typed."""
    return policies.do_send_back(key)


def _place_in(me: Publisher) -> Callable[[Located], str]:
    """How the place of a finding is called."""

    def place(one: Located) -> str:
        code, _, name = one.field.partition(".")
        policy = me.book.policies.get(code)
        return f"{policy.name if policy else code}，{NAMES[name]}" if name else "什么变了"

    return place


def _ending(proposal: Proposal) -> Iterator[str]:
    """The paths of the policies to which a draft gives a last day."""
    for code, said in proposal.changes.items():
        if said.get("ended_on"):
            yield f"/policies/{code}"


def _marked(
    proposal: Proposal, found: list[Located], place: Callable[[Located], str], book: Book
) -> dict[str, list[tuple[str, bool]]]:
    """The new texts in which something was found, cut at what was found, by their places."""
    texts = draft_content.texts_to_check(proposal, book)
    passages: dict[str, list[str]] = {}
    for one in found:
        passages.setdefault(one.field, []).append(one.passage)
    by_place = {one.field: place(one) for one in found}
    return {by_place[name]: marked(texts[name], cut) for name, cut in passages.items()}
