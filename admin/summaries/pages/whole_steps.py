"""What is done with the whole: writing it, taking over what units wrote, freezing, answering what
was found, sending back, approving, noting that it was sent; and its file."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.accounts.hand import Hand
from admin.accounts.once import EnteredBefore
from admin.summaries import composing
from admin.summaries.composing import newest
from admin.summaries.counted import count
from admin.summaries.leaks import look_through
from admin.summaries.pages.blueprint import (
    OFFICE_ROLES,
    WHY,
    Answer,
    blueprint,
    links,
    to_put_together,
)
from admin.summaries.pages.forms import PressForm, ReasonForm, SectionsForm, SentForm
from admin.summaries.pages.whole_page import page
from admin.summaries.part_texts import taken_over, unit_texts
from admin.summaries.planned import Planned
from admin.summaries.sending_up import MOST_BYTES, note_sent
from admin.summaries.sight import NoSuchSummary
from admin.summaries.summary import Summary
from admin.summaries.summary_file import summary_docx
from intake.cases.event import record
from portal.foundation.database import reading, writing
from portal.foundation.uploads import takes_file, uploaded_file

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_Act = Callable[[Session, Planned, Hand], object]


@blueprint.post("/summaries/<key>/whole")
@staff_only(*OFFICE_ROLES)
def write_whole(key: str) -> Answer:
    """Keep the sentences; with the other button, take over what was ticked."""
    form = SectionsForm()
    if not form.validate():
        return page(key, typed=form), 422
    texts, done = form.texts, "written"
    if "take" in request.form:
        texts, done = _with_ticked(key, texts), "taken"

    def act(session: Session, planned: Planned, by: Hand) -> object:
        return composing.save(session, planned, by=by, texts=texts)

    try:
        _do(key, form, act)
    except tuple(WHY) as refusal:
        return page(key, typed=form, why=WHY[type(refusal)]), 409
    return _go_to(key, done)


@blueprint.post("/summaries/<key>/whole/freeze")
@staff_only(*OFFICE_ROLES)
def freeze_whole(key: str) -> Answer:
    """Freeze it. What takes long is done before anybody has to wait for it."""
    form = PressForm()
    with reading() as session:
        reader, planned = to_put_together(session, key)
        by, summary = reader.hand(form.seen), _there(session, key)
        counted = count(session, by, planned)
    with writing() as session:
        # Whoever tries names in one text after the other can be seen.
        staff_id = by.access.staff_id
        record(session, "text_compared", by=staff_id, desk="summaries", item=key)
    with reading() as session:
        leaks = look_through(session, summary, by=by, counted=counted)

    def act(session: Session, planned: Planned, by: Hand) -> object:
        return composing.freeze(session, planned, by=by, counted=counted, leaks=leaks)

    return _take(key, form, act, "freeze")


@blueprint.post("/summaries/<key>/whole/answer")
@staff_only(*OFFICE_ROLES)
def answer_whole(key: str) -> Answer:
    """Keep what was written about the findings."""
    typed = {
        name.removeprefix("answer:"): text
        for name, text in request.form.items()
        if name.startswith("answer:")
    }

    def act(session: Session, planned: Planned, by: Hand) -> object:
        return composing.answer(session, planned, by=by, typed=typed)

    return _take(key, PressForm(), act, "answer")


@blueprint.post("/summaries/<key>/whole/send-back")
@staff_only(*OFFICE_ROLES)
def send_whole_back(key: str) -> Answer:
    """Send it back with the reason."""
    form = ReasonForm()

    def act(session: Session, planned: Planned, by: Hand) -> object:
        return composing.send_back(session, planned, by=by, reason=form.reason.data or "")

    return _take(key, form, act, "send-back")


@blueprint.post("/summaries/<key>/whole/approve")
@staff_only(*OFFICE_ROLES)
def approve_whole(key: str) -> Answer:
    """Approve it."""

    def act(session: Session, planned: Planned, by: Hand) -> object:
        return composing.approve(session, planned, by=by)

    return _take(key, PressForm(), act, "approve")


@blueprint.get("/summaries/<key>/whole/document.docx")
@staff_only(*OFFICE_ROLES)
def document(key: str) -> Response:
    """The file, as it was approved; before that, with that it isn't."""
    name = f"{key.replace('_', '-')}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_made(key), content_type=_DOCX, headers=headers)


@blueprint.post("/summaries/<key>/whole/sent")
@staff_only(*OFFICE_ROLES)
@takes_file(MOST_BYTES)
def note_whole_sent(key: str) -> Answer:
    """Note that it was sent, with the file that went; where none is chosen, it is the one that was
    approved."""
    form, file = SentForm(), uploaded_file()
    if not form.validate():
        return page(key, sent=form), 422
    sent = form.sent(file or _made(key))
    try:
        with writing() as session:
            reader, _ = to_put_together(session, key)
            form.refuse_twice(session)
            # What was made of a revision that another one has followed since isn't approved.
            note_sent(session, by=reader.hand(), sent=sent, summary=_there(session, key))
    except EnteredBefore:
        return _go_to(key, "once")
    except tuple(WHY) as refusal:
        return page(key, sent=form, why=WHY[type(refusal)]), 409
    return _go_to(key, "sent")


def _made(key: str) -> bytes:
    """The paper of the newest revision."""
    with reading() as session:
        reader, planned = to_put_together(session, key)
        return summary_docx(session, reader.book, planned, _there(session, key))


def _there(session: Session, key: str) -> Summary:
    found = newest(session, key)
    if found is None:
        raise NoSuchSummary(key)
    return found


def _with_ticked(key: str, texts: dict[str, str]) -> dict[str, str]:
    with reading() as session:
        reader, planned = to_put_together(session, key)
        by = reader.hand()
        parts = count(session, by, planned).parts
        return taken_over(texts, unit_texts(session, by, parts), request.form.getlist("pick"), by)


def _take(key: str, form: PressForm, act: _Act, done: str) -> Answer:
    back = form if isinstance(form, ReasonForm) else None
    if not form.validate():
        return page(key, back=back), 422
    try:
        _do(key, form, act)
    except tuple(WHY) as refusal:
        return page(key, back=back, why=WHY[type(refusal)]), 409
    return _go_to(key, done)


def _do(key: str, form: PressForm, act: _Act) -> None:
    with writing() as session:
        reader, planned = to_put_together(session, key)
        act(session, planned, reader.hand(form.seen))


def _go_to(key: str, done: str) -> Response:
    return redirect(f"{links().summaries(key, 'whole')}?done={done}", 303)
