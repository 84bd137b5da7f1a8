"""Reading a draft of a month's figures, exactly as the public will, and releasing it or sending it
back."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.public_figures import draft_words
from admin.public_figures.month_count import NotCountedYet
from admin.public_figures.pages.blueprint import blueprint, publisher, the_draft
from admin.public_figures.pages.forms import ReasonForm
from admin.public_figures.release import CountsChanged, may_release, release, send_back
from admin.publishing.desk import (
    PUBLISHING_ROLES,
    NeedsSecondReader,
    NeedsText,
    NotADraft,
    SomebodyWasFaster,
)
from admin.publishing.pages.forms import whole
from admin.publishing.publishing_list import names_of
from portal.foundation.database import reading, writing
from portal.published.month_view import view_of

Answer = str | tuple[str, int] | Response

_DONE = {
    "prepared": "数好了，等另一位同事核对、发布。",
    "released": "已发布，公众现在能看到。",
    "sent-back": "已退回。",
}
_WHY: dict[type[Exception], str] = {
    SomebodyWasFaster: "您打开这一页以后，这一稿有了变化。请再看一遍。",
    NotADraft: "这一稿现在不能这样办了。",
    NeedsSecondReader: "这一稿是您数的，要由另一位同事核对、发布。",
    CountsChanged: "数好以后，件有了变化，现在数出来不一样了。请重新数一遍，再由另一位同事发布。",
    NotCountedYet: "这个月的经过还没有数完，过一会儿再来。",
}


@blueprint.get("/publishing/figures/<int:draft_id>")
@staff_only(*PUBLISHING_ROLES)
def draft(draft_id: int) -> str:
    """The draft."""
    return _page(draft_id, done=_DONE.get(request.args.get("done", "")))


@blueprint.post("/publishing/figures/<int:draft_id>/release")
@staff_only(*PUBLISHING_ROLES)
def release_month(draft_id: int) -> Answer:
    """Release it."""
    try:
        with writing() as session:
            me = publisher(session)
            found = the_draft(session, draft_id, to_change=True)
            release(session, found, by=me, version=whole(request.form.get("version")))
    except tuple(_WHY) as refusal:
        return _page(draft_id, why=_WHY[type(refusal)]), 409
    return redirect(f"{_address(draft_id)}?done=released", 303)


@blueprint.get("/publishing/figures/<int:draft_id>/send-back")
@staff_only(*PUBLISHING_ROLES)
def ask_send_back(draft_id: int) -> str:
    """Ask what is wrong."""
    with reading() as session:
        publisher(session)
        found = the_draft(session, draft_id)
        form = ReasonForm(formdata=None, data={"version": str(found.version)})
        return _send_back_page(draft_id, form)


@blueprint.post("/publishing/figures/<int:draft_id>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_month_back(draft_id: int) -> Answer:
    """Send it back, or give the form back with what was typed."""
    form = ReasonForm()
    try:
        with writing() as session:
            me = publisher(session)
            found = the_draft(session, draft_id, to_change=True)
            now = found.version
            if not form.validate():
                return _send_back_page(draft_id, form), 422
            version, reason = whole(form.version.data), form.reason.data or ""
            send_back(session, found, by=me, version=version, reason=reason)
    except NeedsText:
        form.reason.errors = ["请写为什么"]
        return _send_back_page(draft_id, form), 422
    except (SomebodyWasFaster, NotADraft) as refusal:
        form.version.data = str(now)
        return _send_back_page(draft_id, form, why=_WHY[type(refusal)]), 409
    return redirect(f"{_address(draft_id)}?done=sent-back", 303)


def _address(draft_id: int) -> str:
    address: str = current_app.extensions["links"].public_figures(draft_id)
    return address


def _page(draft_id: int, *, done: str | None = None, why: str = "") -> str:
    with reading() as session:
        me = publisher(session)
        found = the_draft(session, draft_id)
        words = draft_words.unseal(session, found, me.office)
        names = names_of(session, {found.prepared_by, found.released_by or 0})
        view = view_of(found.month, found.sheet, me.book)
    return render_template(
        "admin/public_figures/draft.html",
        draft=found,
        words=words,
        view=view,
        names=names,
        may_release=may_release(found, me),
        why=why,
        flash_messages=[done] if done else [],
    )


def _send_back_page(draft_id: int, form: ReasonForm, *, why: str = "") -> str:
    form.reason.label.text = "哪里不对"
    return render_template(
        "admin/public_figures/send_back.html", draft_id=draft_id, form=form, why=why
    )
