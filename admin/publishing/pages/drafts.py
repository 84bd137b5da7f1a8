"""Reading a draft of a result as the public will: answering what was found, releasing it, sending
it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.ledger.problem import Problem
from admin.publishing import draft_texts, drafting, release
from admin.publishing.desk import PUBLISHING_ROLES, Publisher, SomebodyWasFaster
from admin.publishing.draft_texts import DraftTexts
from admin.publishing.echoes import Echoes
from admin.publishing.inside import inside_of
from admin.publishing.located import Located, answered_in
from admin.publishing.marked_text import marked
from admin.publishing.pages.blueprint import blueprint, the_draft
from admin.publishing.pages.comparing import Comparing
from admin.publishing.pages.draft_frame import (
    WHY,
    DraftPages,
    explanations,
    framed,
    names_behind,
)
from admin.publishing.pages.room import Answer, links, publisher, whole
from admin.publishing.result_draft import DraftState, ResultDraft
from portal.foundation.database import reading

# What each text of a result is called.
PARTS = {"summary": "什么问题", "measures": "怎么改", "progress": "改到哪一步"}


def _page(key: int, **shown: Any) -> str:
    with reading() as session:
        me = publisher(session)
        draft = the_draft(session, key)
        problem = session.get_one(Problem, draft.problem_id)
        texts = draft_texts.unseal(session, problem, draft, me.office)
        is_over = draft.state is DraftState.RELEASED
        if is_over:
            found = answered_in(texts.answers)
        else:
            found = draft_texts.findings(texts, inside_of(session, problem, me.book))
        names = names_behind(session, {draft.drafted_by, draft.released_by or 0}, found)
    return render_template(
        "admin/publishing/draft.html",
        book=me.book,
        draft=draft,
        problem=problem,
        because=texts.sent_back_because,
        parts=PARTS,
        marked_texts=_marked(texts, found),
        may_release=release.may_release(draft, texts, me),
        is_over=is_over,
        names=names,
        **framed(found, place=lambda one: f"{PARTS[one.field]}：", **shown),
    )


def _number(session: Session, draft: ResultDraft) -> str:
    return session.get_one(Problem, draft.problem_id).number


def _texts(session: Session, draft: ResultDraft, by: Publisher) -> Mapping[str, str]:
    """What is compared with every case: what is released already isn't any more."""
    if draft.state is DraftState.RELEASED:
        return {}
    problem = session.get_one(Problem, draft.problem_id)
    return draft_texts.unseal(session, problem, draft, by.office).to_check


def _keep(session: Session, draft: ResultDraft, by: Publisher, found: Echoes) -> None:
    drafting.note_echoes(session, draft, by=by, found=found)


results = DraftPages(
    find=the_draft,
    page=_page,
    address=lambda key: links().draft(key),
    called=_number,
    send_back=release.send_back,
    comparing=Comparing(desk="results", texts=_texts, keep=_keep),
    why=WHY | {SomebodyWasFaster: "您打开这一页以后，这一稿或这个问题有了变化。请再看一遍。"},
)


@blueprint.get("/publishing/<int:draft_id>")
@staff_only(*PUBLISHING_ROLES)
def draft(draft_id: int) -> str:
    """The draft as the public will read it, with what was found in it."""
    return results.read(draft_id)


@blueprint.post("/publishing/<int:draft_id>/answers")
@staff_only(*PUBLISHING_ROLES)
def answer(draft_id: int) -> Answer:
    """Keep what was written about findings that stay."""
    written = explanations()

    def act(session: Session, found: ResultDraft, me: Publisher, version: int) -> None:
        drafting.answer(session, found, by=me, version=version, answers=written)

    return results.do(draft_id, "answered", act, typed=written)


@blueprint.post("/publishing/<int:draft_id>/release")
@staff_only(*PUBLISHING_ROLES)
def release_draft(draft_id: int) -> Answer:
    """Release it."""
    seen = whole(request.form.get("problem_version"))

    def act(session: Session, found: ResultDraft, me: Publisher, version: int) -> None:
        release.release(session, found, by=me, version=version, problem_version=seen)

    return results.release(draft_id, act)


@blueprint.get("/publishing/<int:draft_id>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_back(draft_id: int) -> str:
    """Ask what has to change."""
    return results.ask_send_back(draft_id)


@blueprint.post("/publishing/<int:draft_id>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_draft_back(draft_id: int) -> Answer:
    """Send it back, or give the form back with what was typed."""
    return results.do_send_back(draft_id)


def _marked(texts: DraftTexts, found: list[Located]) -> Mapping[str, Any]:
    """The three texts cut at what was found in them."""
    return {
        name: marked(texts.of(name), [one.passage for one in found if one.field == name])
        for name in draft_texts.FIELDS
    }
