"""Reading a draft of a notice as the public will: answering what was found, releasing it now or for
an hour, sending it back, letting it go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import abort, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.files.scanned_files import asked_first
from admin.ledger.problem import Problem
from admin.notices import content as contents
from admin.notices import drafting, releasing
from admin.notices.checking import findings
from admin.notices.content import Content
from admin.notices.notice_draft import OPEN, READABLE, NoticeDraft, NoticeState
from admin.notices.notice_list import changes_of
from admin.notices.pages.blueprint import PARTS, blueprint, the_draft
from admin.notices.releasing import NotCompared, TooEarly
from admin.publishing.desk import PUBLISHING_ROLES, LeaksOpen, NeedsSecondReader, Publisher
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
from intake.attachments.store import FileIsGone, files_of
from portal.foundation import clock
from portal.foundation.database import reading
from portal.foundation.downloads import download
from portal.foundation.text import as_stored, published_html


class NoSuchMoment(ValueError):
    """What was typed as the hour of release is none."""


def _page(key: int, **shown: Any) -> str:
    with reading() as session:
        me = publisher(session)
        draft = the_draft(session, key)
        content = contents.unseal(session, draft, me.office)
        if draft.state in OPEN:
            found = findings(session, draft, content, me.book)
        else:
            found = answered_in(content.answers)
        problem = session.get_one(Problem, draft.problem_id) if draft.problem_id else None
        signers = {draft.drafted_by, draft.signed_by or 0, draft.released_by or 0}
        names = names_behind(session, signers, found)
    return render_template(
        "admin/notices/draft.html",
        draft=draft,
        content=content,
        because=content.sent_back_because,
        problem=problem,
        body=as_stored(published_html(content.text.body)),
        parts=PARTS,
        marked_texts=_marked(content, found) if draft.state in OPEN else {},
        changes=changes_of(content),
        may_release=releasing.may_release(draft, content, me),
        is_over=draft.state not in OPEN,
        is_readable=draft.state in READABLE,
        is_scheduled=draft.state is NoticeState.SCHEDULED,
        names=names,
        **framed(found, place=lambda one: f"{PARTS[one.field]}：", **shown),
    )


def _texts(session: Session, draft: NoticeDraft, by: Publisher) -> Mapping[str, str]:
    """What is compared with every case: what is released or let go of isn't any more."""
    return contents.unseal(session, draft, by.office).to_check if draft.state in OPEN else {}


def _keep(session: Session, draft: NoticeDraft, by: Publisher, found: Echoes) -> None:
    drafting.note_echoes(session, draft, by.office, found)


notices = DraftPages(
    find=the_draft,
    page=_page,
    address=lambda key: links().notice_draft(key),
    called=lambda _session, draft: f"{draft.kind.plain}稿",
    send_back=releasing.send_back,
    comparing=Comparing(desk="notices", texts=_texts, keep=_keep),
    done=DONE
    | {
        "signed": "您已签发。典型案例要两个人签发，还差一位。",
        "scheduled": "已签发，到时候自动公布。",
        "released": "已公布，公众现在能看到。",
        "dropped": "这一稿不用了。",
    },
    why=WHY
    | {
        NeedsSecondReader: "您起草、改过或者签发过这一稿，要由另一位同事签发。",
        LeaksOpen: "还有查到的地方没改，也没说明，不能公布。",
        NotCompared: "请先和文书原件对一遍，再打勾签发。",
        TooEarly: "这个时间已经过了。要马上公布，把时间清空。",
        FileIsGone: "有一个附件找不到了。请在“改这一稿”里重新传，再签发。",
    },
    after=(
        "这一稿回到起草的同事那里，改好再审读。签发过的不算了，定好的时间也不算了。"
        "您写的，只有发布的同事能看到。"
    ),
)


@blueprint.get("/publishing/notices/drafts/<int:draft_id>")
@staff_only(*PUBLISHING_ROLES)
def notice_draft(draft_id: int) -> str:
    """The draft as the public will read it, with what was found in it."""
    return notices.read(draft_id)


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
    written = explanations()

    def act(session: Session, found: NoticeDraft, me: Publisher, version: int) -> None:
        drafting.answer(session, found, by=me, version=version, answers=written)

    return notices.do(draft_id, "answered", act, typed=written)


@blueprint.post("/publishing/notices/drafts/<int:draft_id>/release")
@staff_only(*PUBLISHING_ROLES)
def release_notice(draft_id: int) -> Answer:
    """Release it, now or for an hour."""
    try:
        release_at = _moment(request.form.get("release_at", ""))
    except NoSuchMoment:
        why = "公布时间没看懂。写成2022-06-10 09:00这样，或者清空。"
        return notices.page(draft_id, why=why), 422
    compared = request.form.get("compared") == "y"
    says = releasing.Reading(release_at=release_at, compared=compared)

    def act(session: Session, found: NoticeDraft, me: Publisher, version: int) -> str:
        return releasing.release(session, found, by=me, version=version, reading=says).value

    return asked_first(lambda: notices.release(draft_id, act))


@blueprint.post("/publishing/notices/drafts/<int:draft_id>/drop")
@staff_only(*PUBLISHING_ROLES)
def drop_notice(draft_id: int) -> Answer:
    """Let go of it."""

    def act(session: Session, found: NoticeDraft, me: Publisher, version: int) -> None:
        drafting.drop(session, found, by=me, version=version)

    return notices.do(draft_id, "dropped", act)


@blueprint.get("/publishing/notices/drafts/<int:draft_id>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_notice_back(draft_id: int) -> str:
    """Ask what has to change."""
    return notices.ask_send_back(draft_id)


@blueprint.post("/publishing/notices/drafts/<int:draft_id>/send-back")
@staff_only(*PUBLISHING_ROLES)
def do_send_notice_back(draft_id: int) -> Answer:
    """Send it back, or give the form back with what was typed."""
    return notices.do_send_back(draft_id)


def _moment(typed: str) -> datetime | None:
    """A moment as a browser's field gives it, in Shanghai time; None where it was left empty."""
    if not typed.strip():
        return None
    try:
        local = datetime.fromisoformat(typed.strip().replace(" ", "T"))
    except ValueError as error:
        raise NoSuchMoment(typed) from error
    return local.replace(tzinfo=clock.SHANGHAI)


def _marked(content: Content, found: list[Located]) -> Mapping[str, Any]:
    """The texts in which something was found, cut at what was found."""
    return {
        PARTS[name]: marked(text, [one.passage for one in found if one.field == name])
        for name, text in content.to_check.items()
        if name != "files" and any(one.field == name for one in found)
    }
