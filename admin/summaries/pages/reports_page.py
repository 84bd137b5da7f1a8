"""信息报送: other reports to superiors, and each thing that was sent, with its file and what came
back."""

from __future__ import annotations

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.accounts.once import EnteredBefore
from admin.summaries.pages.blueprint import (
    OFFICE_ROLES,
    WHY,
    Answer,
    blueprint,
    links,
    maker,
)
from admin.summaries.pages.forms import HeardForm, SentForm
from admin.summaries.sending import Heard
from admin.summaries.sending_up import (
    MOST_BYTES,
    file_of,
    find_sending,
    note_heard,
    note_sent,
    open_sending,
    sendings,
)
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.foundation.uploads import takes_file, uploaded_file

_DONE = {
    "sent": "记下了，文件照原样封存。",
    "heard": "记下了。",
    "once": "这一笔刚才已经记下，没有再记一次。",
}


@blueprint.get("/reports")
@staff_only(*OFFICE_ROLES)
def reports() -> str:
    """What was sent that is no summary, and the form for another."""
    return _list(SentForm(formdata=None))


@blueprint.post("/reports")
@staff_only(*OFFICE_ROLES)
@takes_file(MOST_BYTES)
def note_report() -> Answer:
    """Note a report with its file."""
    form, file = SentForm(), uploaded_file()
    if not form.validate():
        return _list(form), 422
    try:
        with writing() as session:
            reader = maker(session)
            form.refuse_twice(session)
            key = note_sent(session, by=reader.hand(), sent=form.sent(file)).key
    except EnteredBefore:
        return redirect(f"{links().reports()}?done=once", 303)
    except tuple(WHY) as refusal:
        return _list(form, why=WHY[type(refusal)]), 422
    return redirect(f"{links().reports(key)}?done=sent", 303)


@blueprint.get("/reports/<key>")
@staff_only(*OFFICE_ROLES)
def report(key: str) -> str:
    """One thing that was sent."""
    return _page(key, HeardForm(formdata=None))


@blueprint.get("/reports/<key>/file")
@staff_only(*OFFICE_ROLES)
def report_file(key: str) -> Response:
    """The file that was sent, byte for byte; never shown inside the browser."""
    with reading() as session:
        content, kind = file_of(session, maker(session).hand(), key)
    headers = {"Content-Disposition": f'attachment; filename="{key}{kind.suffix}"'}
    return Response(content, content_type=kind.media_type, headers=headers)


@blueprint.post("/reports/<key>/heard")
@staff_only(*OFFICE_ROLES)
def note_answer(key: str) -> Answer:
    """Note what the superior said."""
    form = HeardForm()
    if not form.validate():
        return _page(key, form), 422
    heard_on = form.heard_on.data
    assert heard_on is not None  # noqa: S101  # The form asks for it.
    try:
        with writing() as session:
            by = maker(session).hand()
            form.refuse_twice(session)
            note_heard(
                session,
                find_sending(session, by, key),
                by=by,
                heard=Heard(form.heard.data),
                heard_on=heard_on,
                text=form.text.data or "",
            )
    except EnteredBefore:
        return redirect(f"{links().reports(key)}?done=once", 303)
    except tuple(WHY) as refusal:
        return _page(key, form, why=WHY[type(refusal)]), 422
    return redirect(f"{links().reports(key)}?done=heard", 303)


def _list(form: SentForm, *, why: str = "") -> str:
    with reading() as session:
        reader = maker(session)
        found = sendings(session, reader.hand())
    return render_template(
        "admin/summaries/reports.html",
        sendings=found,
        form=form,
        why=why,
        today=clock.today(),
        flash_messages=_told(),
    )


def _page(key: str, form: HeardForm, *, why: str = "") -> str:
    with reading() as session:
        file = open_sending(session, maker(session).hand(), key)
    return render_template(
        "admin/summaries/report.html",
        file=file,
        form=form,
        why=why,
        flash_messages=_told(),
    )


def _told() -> list[str]:
    done = request.args.get("done", "")
    return [_DONE[done]] if done in _DONE else []
