"""Reading a draft as the public will: answering what was found, releasing it, sending it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.ledger.problem import Problem
from admin.publishing import draft_texts, drafting, release
from admin.publishing.desk import (
    PUBLISHING_ROLES,
    LeaksOpen,
    NeedsSecondReader,
    NeedsText,
    NotADraft,
    Publisher,
    SomebodyWasFaster,
)
from admin.publishing.draft_texts import DraftTexts
from admin.publishing.inside import inside_of
from admin.publishing.located import Located
from admin.publishing.marked_text import marked
from admin.publishing.pages.blueprint import blueprint, publisher, the_draft
from admin.publishing.pages.forms import SendBackForm, whole
from admin.publishing.publishing_list import names_of
from admin.publishing.result_draft import DraftState, ResultDraft
from portal.foundation.database import reading, writing

_DONE = {
    "drafted": "已起草，等另一位同事审读。",
    "mended": "已改好，等另一位同事审读。",
    "answered": "说明已记下。",
    "released": "已发布，公众现在能看到。",
    "sent-back": "已退回修改。",
}
_WHY = {
    SomebodyWasFaster: "您打开这一页以后，这一稿或这个问题有了变化。请再看一遍。",
    NotADraft: "这一稿现在不能这样办了。",
    NeedsSecondReader: "您起草或改过这一稿，要由另一位同事审读、发布。",
    LeaksOpen: "还有查到的地方没改，也没说明，不能发布。",
}
Answer = str | tuple[str, int] | Response


@blueprint.get("/publishing/<int:draft_id>")
@staff_only(*PUBLISHING_ROLES)
def draft(draft_id: int) -> str:
    """The draft as the public will read it, with what was found in it."""
    return _page(draft_id, done=_DONE.get(request.args.get("done", "")))


@blueprint.post("/publishing/<int:draft_id>/answers")
@staff_only(*PUBLISHING_ROLES)
def answer(draft_id: int) -> Answer:
    """Keep what was written about findings that stay."""
    keys, typed = request.form.getlist("finding"), request.form.getlist("answer")
    written = dict(zip(keys, typed, strict=False))

    def act(session: Session, found: ResultDraft, me: Publisher, version: int) -> None:
        problem = session.get_one(Problem, found.problem_id)
        texts = draft_texts.unseal(session, problem, found, me.office)
        there = {one.key for one in _findings(session, problem, texts, me)}
        answers = {key: text for key, text in written.items() if key in there}
        drafting.answer(session, found, by=me, version=version, answers=answers)

    return _act(draft_id, "answered", act, typed=written)


@blueprint.post("/publishing/<int:draft_id>/release")
@staff_only(*PUBLISHING_ROLES)
def release_draft(draft_id: int) -> Answer:
    """Release it."""
    seen = whole(request.form.get("problem_version"))

    def act(session: Session, found: ResultDraft, me: Publisher, version: int) -> None:
        release.release(session, found, by=me, version=version, problem_version=seen)

    return _act(draft_id, "released", act)


@blueprint.get("/publishing/<int:draft_id>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_back(draft_id: int) -> Answer:
    """Ask what has to change."""
    with reading() as session:
        publisher(session)
        found = the_draft(session, draft_id)
        form = SendBackForm(formdata=None, data={"version": str(found.version)})
        number = session.get_one(Problem, found.problem_id).number
    return _send_back_page(draft_id, number, form)


@blueprint.post("/publishing/<int:draft_id>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_draft_back(draft_id: int) -> Answer:
    """Send it back, or give the form back with what was typed."""
    form = SendBackForm()
    try:
        with writing() as session:
            me = publisher(session)
            found = the_draft(session, draft_id, to_change=True)
            now, number = found.version, session.get_one(Problem, found.problem_id).number
            if not form.validate():
                return _send_back_page(draft_id, number, form), 422
            version, reason = whole(form.version.data), form.reason.data or ""
            release.send_back(session, found, by=me, version=version, reason=reason)
    except NeedsText:
        form.form_errors.append("内容是空的，请写几句")
        return _send_back_page(draft_id, number, form), 422
    except (SomebodyWasFaster, NotADraft) as refusal:
        form.version.data = str(now)
        return _send_back_page(draft_id, number, form, why=_WHY[type(refusal)]), 409
    return redirect(f"{_address(draft_id)}?done=sent-back", 303)


def _act(
    draft_id: int,
    name: str,
    act: Callable[[Session, ResultDraft, Publisher, int], None],
    *,
    typed: dict[str, str] | None = None,
) -> Answer:
    """Do something to a draft, or show it again as it is now and say why it wasn't done."""
    try:
        with writing() as session:
            me = publisher(session)
            found = the_draft(session, draft_id, to_change=True)
            act(session, found, me, whole(request.form.get("version")))
    except NeedsText:
        return _page(draft_id, why="请至少写一条说明。"), 422
    except tuple(_WHY) as refusal:
        return _page(draft_id, why=_WHY[type(refusal)], typed=typed), 409
    return redirect(f"{_address(draft_id)}?done={name}", 303)


def _address(draft_id: int) -> str:
    address: str = current_app.extensions["links"].draft(draft_id)
    return address


def _findings(
    session: Session, problem: Problem, texts: DraftTexts, me: Publisher
) -> list[Located]:
    return draft_texts.findings(texts, inside_of(session, problem, me.book))


def _page(
    draft_id: int, *, done: str | None = None, why: str = "", typed: dict[str, str] | None = None
) -> str:
    with reading() as session:
        me = publisher(session)
        found = the_draft(session, draft_id)
        problem = session.get_one(Problem, found.problem_id)
        texts = draft_texts.unseal(session, problem, found, me.office)
        findings = [] if _is_over(found) else _findings(session, problem, texts, me)
        known = {found.drafted_by, found.released_by or 0} | {
            one.answer.staff_id for one in findings if one.answer
        }
        names = names_of(session, known)
    return render_template(
        "admin/publishing/draft.html",
        book=me.book,
        draft=found,
        problem=problem,
        texts=texts,
        shown=_shown(texts, findings),
        open_findings=[one for one in findings if one.answer is None],
        answered=[one for one in findings if one.answer],
        may_release=release.may_release(found, texts, me),
        over=_is_over(found),
        names=names,
        why=why,
        typed=typed or {},
        flash_messages=[done] if done else [],
    )


def _shown(texts: DraftTexts, findings: list[Located]) -> dict[str, Any]:
    """The three texts cut at what was found in them."""
    return {
        name: marked(texts.of(name), [one.passage for one in findings if one.field == name])
        for name in draft_texts.FIELDS
    }


def _is_over(found: ResultDraft) -> bool:
    return found.state is DraftState.RELEASED


def _send_back_page(draft_id: int, number: str, form: SendBackForm, *, why: str = "") -> str:
    return render_template(
        "admin/publishing/send_back.html", draft_id=draft_id, number=number, form=form, why=why
    )
