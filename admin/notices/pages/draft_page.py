"""Reading a draft of a notice as the public will: answering what was found, releasing it now or for
an hour, sending it back, letting it go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, current_app, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.ledger.problem import Problem
from admin.notices import content as contents
from admin.notices import drafting, releasing
from admin.notices.checking import findings
from admin.notices.content import Content
from admin.notices.echoes import echoes
from admin.notices.notice_draft import OPEN, READABLE, NoticeDraft, NoticeState
from admin.notices.notice_list import changes_of
from admin.notices.pages.blueprint import PARTS, blueprint, publisher, the_draft
from admin.notices.pages.forms import SendBackForm, whole
from admin.notices.releasing import NotCompared, TooEarly
from admin.publishing.desk import (
    PUBLISHING_ROLES,
    LeaksOpen,
    NeedsSecondReader,
    NeedsText,
    NotADraft,
    Publisher,
    SomebodyWasFaster,
)
from admin.publishing.located import Located
from admin.publishing.marked_text import marked
from admin.publishing.publishing_list import names_of
from intake.attachments.store import FileIsGone, files_of
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.foundation.downloads import download
from portal.foundation.links import Links
from portal.foundation.text import as_stored, published_html

Answer = str | tuple[str, int] | Response
_DONE = {
    "drafted": "已起草，等另一位同事审读。",
    "mended": "已改好，等另一位同事审读。",
    "answered": "说明已记下。",
    "signed": "您已签发。典型案例要两个人签发，还差一位。",
    "scheduled": "已签发，到时候自动公布。",
    "released": "已公布，公众现在能看到。",
    "sent-back": "已退回修改。",
    "dropped": "这一稿不用了。",
}
_WHY = {
    SomebodyWasFaster: "您打开这一页以后，这一稿有了变化。请再看一遍。",
    NotADraft: "这一稿现在不能这样办了。",
    NeedsSecondReader: "您起草、改过或者签发过这一稿，要由另一位同事签发。",
    LeaksOpen: "还有查到的地方没改，也没说明，不能公布。",
    NotCompared: "请先和文书原件对一遍，再打勾签发。",
    TooEarly: "这个时间已经过了。要马上公布，把时间清空。",
    FileIsGone: "有一个附件找不到了。请在“改这一稿”里重新传，再签发。",
}


class NoSuchMoment(ValueError):
    """What was typed as the hour of release is none."""


@blueprint.get("/publishing/notices/drafts/<int:draft_id>")
@staff_only(*PUBLISHING_ROLES)
def notice_draft(draft_id: int) -> str:
    """The draft as the public will read it, with what was found in it."""
    return _page(draft_id, done=_DONE.get(request.args.get("done", "")))


@blueprint.get("/publishing/notices/drafts/<int:draft_id>/files/<stored>")
@staff_only(*PUBLISHING_ROLES)
def draft_file(draft_id: int, stored: str) -> Response:
    """A file of a draft, to be read before it goes out."""
    with reading() as session:
        me = publisher(session)
        content = contents.unseal(session, the_draft(session, draft_id), me.office)
        store = files_of(session)
    file = next((one for one in content.text.files if one.stored == stored), None) or abort(404)
    try:
        return download(store.pieces(file.stored, file.key, file.size), file.file_name, file.size)
    except FileIsGone:
        abort(404)


@blueprint.post("/publishing/notices/drafts/<int:draft_id>/answers")
@staff_only(*PUBLISHING_ROLES)
def answer_notice(draft_id: int) -> Answer:
    """Keep what was written about findings that stay."""
    keys, typed = request.form.getlist("finding"), request.form.getlist("answer")
    written = dict(zip(keys, typed, strict=False))

    def act(session: Session, found: NoticeDraft, me: Publisher, version: int) -> str:
        drafting.answer(session, found, by=me, version=version, answers=written)
        return "answered"

    return _act(draft_id, act, typed=written)


@blueprint.post("/publishing/notices/drafts/<int:draft_id>/release")
@staff_only(*PUBLISHING_ROLES)
def release_notice(draft_id: int) -> Answer:
    """Release it, now or for an hour."""
    try:
        release_at = _moment(request.form.get("release_at", ""))
    except NoSuchMoment:
        return _page(draft_id, why="公布时间没看懂。写成2022-06-10 09:00这样，或者清空。"), 422
    with reading() as session:
        me = publisher(session)
        content = contents.unseal(session, the_draft(session, draft_id), me.office)
        repeated = echoes(session, content.text.parts, me.book)
    says = releasing.Reading(
        release_at=release_at, compared=request.form.get("compared") == "y", echoes=repeated
    )

    def act(session: Session, found: NoticeDraft, me: Publisher, version: int) -> str:
        return releasing.release(session, found, by=me, version=version, reading=says).value

    answer = _act(draft_id, act)
    if repeated and not isinstance(answer, Response):
        with writing() as session:
            found = the_draft(session, draft_id, to_change=True)
            drafting.note_echoes(session, found, me.office, repeated)
    return answer


@blueprint.post("/publishing/notices/drafts/<int:draft_id>/drop")
@staff_only(*PUBLISHING_ROLES)
def drop_notice(draft_id: int) -> Answer:
    """Let go of it."""

    def act(session: Session, found: NoticeDraft, me: Publisher, version: int) -> str:
        drafting.drop(session, found, by=me, version=version)
        return "dropped"

    return _act(draft_id, act)


@blueprint.get("/publishing/notices/drafts/<int:draft_id>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_notice_back(draft_id: int) -> Answer:
    """Ask what has to change."""
    with reading() as session:
        publisher(session)
        found = the_draft(session, draft_id)
    form = SendBackForm(formdata=None, data={"version": str(found.version)})
    return _send_back_page(draft_id, form)


@blueprint.post("/publishing/notices/drafts/<int:draft_id>/send-back")
@staff_only(*PUBLISHING_ROLES)
def do_send_notice_back(draft_id: int) -> Answer:
    """Send it back, or give the form back with what was typed."""
    form = SendBackForm()
    try:
        with writing() as session:
            me = publisher(session)
            found = the_draft(session, draft_id, to_change=True)
            now = found.version
            if not form.validate():
                return _send_back_page(draft_id, form), 422
            version, reason = whole(form.version.data), form.reason.data or ""
            releasing.send_back(session, found, by=me, version=version, reason=reason)
    except NeedsText:
        form.form_errors.append("内容是空的，请写几句")
        return _send_back_page(draft_id, form), 422
    except (SomebodyWasFaster, NotADraft) as refusal:
        form.version.data = str(now)
        return _send_back_page(draft_id, form, why=_WHY[type(refusal)]), 409
    return redirect(f"{_links().notice_draft(draft_id)}?done=sent-back", 303)


def _act(
    draft_id: int,
    act: Callable[[Session, NoticeDraft, Publisher, int], str],
    *,
    typed: dict[str, str] | None = None,
) -> Answer:
    """Do something to a draft, or show it again as it is now and say why it wasn't done."""
    try:
        with writing() as session:
            me = publisher(session)
            found = the_draft(session, draft_id, to_change=True)
            done = act(session, found, me, whole(request.form.get("version")))
    except NeedsText:
        return _page(draft_id, why="请至少写一条说明。"), 422
    except tuple(_WHY) as refusal:
        return _page(draft_id, why=_WHY[type(refusal)], typed=typed), 409
    return redirect(f"{_links().notice_draft(draft_id)}?done={done}", 303)


def _moment(typed: str) -> datetime | None:
    """A moment as a browser's field gives it, in Shanghai time; None where it was left empty."""
    if not typed.strip():
        return None
    try:
        local = datetime.fromisoformat(typed.strip().replace(" ", "T"))
    except ValueError as error:
        raise NoSuchMoment(typed) from error
    return local.replace(tzinfo=clock.SHANGHAI)


@dataclass(frozen=True)
class _Draft:
    """All that the page shows of a draft."""

    draft: NoticeDraft
    content: Content
    found: list[Located]
    problem: Problem | None
    names: dict[int, str]
    me: Publisher


def _opened(draft_id: int) -> _Draft:
    with reading() as session:
        me = publisher(session)
        draft = the_draft(session, draft_id)
        content = contents.unseal(session, draft, me.office)
        found = findings(session, draft, content, me.book) if draft.state in OPEN else []
        problem = session.get_one(Problem, draft.problem_id) if draft.problem_id else None
        known = {draft.drafted_by, draft.signed_by or 0, draft.released_by or 0}
        known |= {one.answer.staff_id for one in found if one.answer}
        names = names_of(session, known)
    return _Draft(draft, content, found, problem, names, me)


def _page(
    draft_id: int, *, done: str | None = None, why: str = "", typed: dict[str, str] | None = None
) -> str:
    opened = _opened(draft_id)
    return render_template(
        "admin/notices/draft.html",
        draft=opened.draft,
        content=opened.content,
        problem=opened.problem,
        body=as_stored(published_html(opened.content.text.body)),
        parts=PARTS,
        shown=_shown(opened),
        changes=changes_of(opened.content),
        open_findings=[one for one in opened.found if one.answer is None],
        answered=[one for one in opened.found if one.answer],
        may_release=releasing.may_release(opened.draft, opened.content, opened.me),
        is_open=opened.draft.state in OPEN,
        is_readable=opened.draft.state in READABLE,
        is_scheduled=opened.draft.state is NoticeState.SCHEDULED,
        names=opened.names,
        why=why,
        typed=typed or {},
        flash_messages=[done] if done else [],
    )


def _shown(opened: _Draft) -> dict[str, Any]:
    """The texts in which something was found, cut at what was found."""
    return {
        name: marked(text, [one.passage for one in opened.found if one.field == name])
        for name, text in opened.content.to_check.items()
        if name != "files" and any(one.field == name for one in opened.found)
    }


def _send_back_page(draft_id: int, form: SendBackForm, *, why: str = "") -> str:
    return render_template("admin/notices/send_back.html", draft_id=draft_id, form=form, why=why)


def _links() -> Links:
    links: Links = current_app.extensions["links"]
    return links
