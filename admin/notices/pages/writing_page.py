"""Writing a notice, a change to one that stands, or a draft anew; with a preview before it is
kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import redirect, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.files.file_field import MORE_FILES
from admin.ledger.problem import Problem
from admin.notices import content as contents
from admin.notices import drafting
from admin.notices.drafting import NeedsDocument, Written
from admin.notices.notice_draft import NoticeDraft
from admin.notices.pages.blueprint import blueprint, the_draft, the_notice
from admin.notices.pages.draft_page import notices
from admin.notices.pages.forms import NoticeForm
from admin.notices.withdrawing import standing_text
from admin.publishing.desk import (
    PUBLISHING_ROLES,
    AlreadyDrafted,
    NeedsText,
    NotADraft,
    Publisher,
    SomebodyWasFaster,
)
from admin.publishing.pages.room import Answer, links, of_others, publisher, whole
from intake.typed_text import tidy_line
from portal.foundation.database import reading, writing
from portal.foundation.text import TextTooLong, as_stored, published_html
from portal.foundation.uploads import takes_attachments
from portal.published.notice import NoticeKind

_WHY = {
    SomebodyWasFaster: "您打开这一页以后，这一稿有了变化。",
    NotADraft: "这一稿现在不能改了。",
    AlreadyDrafted: "这份通知已经有一稿，另一位同事刚刚起草的。",
}


class NoSuchProblem(Exception):
    """The ledger has no problem of the number that was typed, or none that the writer may publish:
    nobody is told which."""


@dataclass(frozen=True)
class _Sheet:
    """What is being written: under which heading, where it leads back, and whether a kind is
    chosen, a problem may be named and files be kept."""

    heading: str
    back: str
    is_new: bool = False
    kind: NoticeKind = NoticeKind.NOTICE
    because: str = ""


@blueprint.get("/publishing/notices/new")
@staff_only(*PUBLISHING_ROLES)
def new_notice() -> Answer:
    """Ask for a new notice."""
    with reading() as session:
        publisher(session)
    asked = request.args.get("kind", "")
    kind = NoticeKind(asked) if asked in set(NoticeKind) else NoticeKind.NOTICE
    form = NoticeForm(formdata=None, kind=kind.value, note="第一次公布", source="领导小组办公室")
    return _page(_new(), form)


@blueprint.post("/publishing/notices/new")
@staff_only(*PUBLISHING_ROLES)
@takes_attachments
def write_notice() -> Answer:
    """Store the draft, or give the form back with what was typed."""
    form = NoticeForm()

    def draft(session: Session, me: Publisher, written: Written) -> NoticeDraft:
        kind = NoticeKind(form.kind.data)
        return drafting.draft_notice(session, by=me, kind=kind, written=written)

    return _store(_new(), form, draft)


@blueprint.get("/publishing/notices/<slug>/change")
@staff_only(*PUBLISHING_ROLES)
def change_notice(slug: str) -> Answer:
    """Show a notice to be changed, or the draft of a change that is there already."""
    with reading() as session:
        me = publisher(session)
        notice = the_notice(session, slug)
        there = drafting.open_draft(session, slug)
        if there is not None:
            return redirect(links().notice_draft(there.id), 303)
        text, kind = standing_text(session, notice, me.office), notice.kind
    form = NoticeForm(formdata=None)
    form.begin_with(text, note="")
    return _page(_change(text.title, kind), form)


@blueprint.post("/publishing/notices/<slug>/change")
@staff_only(*PUBLISHING_ROLES)
@takes_attachments
def write_change(slug: str) -> Answer:
    """Store the draft of a change, or give the form back with what was typed."""
    form = NoticeForm()
    with reading() as session:
        publisher(session)
        notice = the_notice(session, slug)
        sheet = _change(notice.title, notice.kind)
    form.kind.data = sheet.kind.value

    def draft(session: Session, me: Publisher, written: Written) -> NoticeDraft:
        stands = the_notice(session, slug)
        before = standing_text(session, stands, me.office)
        return drafting.draft_change(session, stands, by=me, before=before, written=written)

    return _store(sheet, form, draft)


@blueprint.get("/publishing/notices/drafts/<int:draft_id>/text")
@staff_only(*PUBLISHING_ROLES)
def notice_text(draft_id: int) -> Answer:
    """Show a draft to be written anew."""
    with reading() as session:
        me = publisher(session)
        draft = the_draft(session, draft_id)
        content = contents.unseal(session, draft, me.office)
        problem = session.get_one(Problem, draft.problem_id) if draft.problem_id else None
    form = NoticeForm(formdata=None)
    form.begin_with(content.text, note=content.note, version=str(draft.version))
    form.problem.data = problem.number if problem else ""
    return _page(_mending(draft, content.sent_back_because), form)


@blueprint.post("/publishing/notices/drafts/<int:draft_id>/text")
@staff_only(*PUBLISHING_ROLES)
@takes_attachments
def mend_notice(draft_id: int) -> Answer:
    """Store a draft anew, or give the form back with what was typed."""
    form = NoticeForm()
    with reading() as session:
        me = publisher(session)
        draft = the_draft(session, draft_id)
        because = contents.unseal(session, draft, me.office).sent_back_because
        now = draft.version
    form.kind.data = draft.kind.value
    sheet = _mending(draft, because)

    def mend(session: Session, me: Publisher, written: Written) -> NoticeDraft:
        found = the_draft(session, draft_id, to_change=True)
        version = whole(form.version.data)
        drafting.mend(session, found, by=me, version=version, written=written)
        return found

    return _store(sheet, form, mend, done="mended", now=now)


def _store(
    sheet: _Sheet,
    form: NoticeForm,
    keep: Callable[[Session, Publisher, Written], NoticeDraft],
    *,
    done: str = "drafted",
    now: int = 0,
) -> Answer:
    """Keep what was written as a draft, show how it will look, or say why it isn't kept."""
    is_valid = form.validate()
    if "preview" in request.form or MORE_FILES in request.form:
        return _page(sheet, form, shows_preview="preview" in request.form)
    if not is_valid:
        return _page(sheet, form), 422
    try:
        with writing() as session:
            me = publisher(session)
            problem = _problem(session, form.problem.data or "")
            written = Written(text=form.text, note=form.note.data or "", problem=problem)
            draft = keep(session, me, written)
    except (NeedsText, NeedsDocument, NoSuchProblem, TextTooLong) as refusal:
        _say(form, refusal)
        return _page(sheet, form), 422
    except tuple(_WHY) as refusal:
        form.version.data = str(now)
        return _page(sheet, form, why=_WHY[type(refusal)]), 409
    notices.compare(draft.id)
    return redirect(f"{links().notice_draft(draft.id)}?done={done}", 303)


def _say(form: NoticeForm, refusal: Exception) -> None:
    """Write beside the field what it needs."""
    if isinstance(refusal, NeedsDocument):
        for field in (form.finding_body, form.document_number):
            if not (field.data or "").strip():
                field.errors = ["典型案例要写谁查的、哪份文书；没有结论，不能公布"]
    elif isinstance(refusal, NoSuchProblem):
        form.problem.errors = ["台账里没有这个编号，请对一对；不说哪个问题，清空这一格"]
    elif isinstance(refusal, TextTooLong):
        form.body.errors = ["正文太长了，分成两份，或者放进附件"]
    else:
        form.form_errors.append("标题、来源、正文、这次改了什么，都要写几个字")


def _problem(session: Session, typed: str) -> Problem | None:
    number = tidy_line(typed)
    if not number:
        return None
    found = session.scalars(
        select(Problem).where(Problem.number == number, of_others(session))
    ).first()
    if found is None:
        raise NoSuchProblem(number)
    return found


def _new() -> _Sheet:
    return _Sheet("起草通知", links().public_notices(), is_new=True)


def _change(title: str, kind: NoticeKind) -> _Sheet:
    return _Sheet(f"修改：{title}", links().public_notices(), kind=kind)


def _mending(draft: NoticeDraft, because: str) -> _Sheet:
    back = links().notice_draft(draft.id)
    return _Sheet("改这一稿", back, kind=draft.kind, because=because)


def _page(sheet: _Sheet, form: NoticeForm, *, why: str = "", shows_preview: bool = False) -> str:
    return render_template(
        "admin/notices/text.html",
        sheet=sheet,
        form=form,
        why=why,
        preview=_as_read(form) if shows_preview else None,
    )


def _as_read(form: NoticeForm) -> object:
    """The body as the public would read it, cleaned as it will be."""
    try:
        return as_stored(published_html(form.body.data or ""))
    except TextTooLong:
        return None
