"""What ends a draft or a list, each on a page that says what it does: sending back, giving up,
taking down."""

from __future__ import annotations

from flask import abort, redirect, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.distributions import drafting, release
from admin.distributions.pages.blueprint import blueprint, links, publisher, the_draft, whole
from admin.distributions.pages.forms import DropForm, SendBackForm, WithdrawForm
from admin.distributions.release import NotStanding
from admin.publishing.desk import PUBLISHING_ROLES, NeedsText, NotADraft, SomebodyWasFaster
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.published.distribution import Distribution, TakenDown

_CHANGED = "您打开这一页以后，这一稿有了变化。"
_GONE = "这份名单已经撤下了。"
Answer = str | tuple[str, int] | Response
_Form = SendBackForm | DropForm


@blueprint.get("/publishing/distributions/<number>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_back(number: str) -> Answer:
    """Ask what has to change."""
    return _page("send_back", number, SendBackForm(formdata=None, data=_version(number)))


@blueprint.post("/publishing/distributions/<number>/send-back")
@staff_only(*PUBLISHING_ROLES)
def send_list_back(number: str) -> Answer:
    """Send it back, or give the form back with what was typed."""
    form = SendBackForm()
    if not form.validate():
        return _page("send_back", number, form), 422
    try:
        with writing() as session:
            me, found = publisher(session), the_draft(session, number, to_change=True)
            version, reason = whole(form.version.data), form.reason.data or ""
            release.send_back(session, found, by=me, version=version, reason=reason)
    except NeedsText:
        form.form_errors.append("内容是空的，请写几句")
        return _page("send_back", number, form), 422
    except (SomebodyWasFaster, NotADraft):
        return _again("send_back", number, form)
    return redirect(f"{links().list_draft(number)}?done=sent-back", 303)


@blueprint.get("/publishing/distributions/<number>/drop")
@staff_only(*PUBLISHING_ROLES)
def drop(number: str) -> Answer:
    """Ask whether the draft is to be given up."""
    return _page("drop", number, DropForm(formdata=None, data=_version(number)))


@blueprint.post("/publishing/distributions/<number>/drop")
@staff_only(*PUBLISHING_ROLES)
def drop_list(number: str) -> Answer:
    """Give it up."""
    form = DropForm()
    if not form.validate():
        return _page("drop", number, form), 422
    try:
        with writing() as session:
            me, found = publisher(session), the_draft(session, number, to_change=True)
            drafting.drop(session, found, by=me, version=whole(form.version.data))
    except (SomebodyWasFaster, NotADraft):
        return _again("drop", number, form)
    return redirect(links().list_drafts(), 303)


@blueprint.get("/publishing/distributions/<number>/withdraw")
@staff_only(*PUBLISHING_ROLES)
def withdraw(number: str) -> Answer:
    """Ask why the list is to be taken down."""
    return _withdraw_page(number, WithdrawForm(formdata=None))


@blueprint.post("/publishing/distributions/<number>/withdraw")
@staff_only(*PUBLISHING_ROLES)
def withdraw_list(number: str) -> Answer:
    """Take it down, rows and all."""
    form = WithdrawForm()
    if not form.validate():
        return _withdraw_page(number, form), 422
    try:
        with writing() as session:
            me = publisher(session)
            _standing(session, number)
            because = TakenDown(form.because.data)
            release.withdraw(session, number, by=me, because=because)
    except NotStanding:
        return _withdraw_page(number, form, why=_GONE), 409
    return redirect(f"{links().list_draft(number)}?done=withdrawn", 303)


def _version(number: str) -> dict[str, str]:
    with reading() as session:
        publisher(session)
        return {"version": str(the_draft(session, number).version)}


def _again(name: str, number: str, form: _Form) -> tuple[str, int]:
    form.version.data = _version(number)["version"]
    return _page(name, number, form, why=_CHANGED), 409


def _page(name: str, number: str, form: _Form, *, why: str = "") -> str:
    with reading() as session:
        me = publisher(session)
        found = the_draft(session, number)
    return render_template(
        f"admin/distributions/{name}.html", book=me.book, draft=found, form=form, why=why
    )


def _withdraw_page(number: str, form: WithdrawForm, *, why: str = "") -> str:
    with reading() as session:
        me = publisher(session)
        one = _standing(session, number)
    return render_template(
        "admin/distributions/withdraw.html",
        book=me.book,
        one=one,
        form=form,
        why=why,
        over=one.taken_down_on is not None or one.shown_until < clock.today(),
    )


def _standing(session: Session, number: str) -> Distribution:
    return session.get(Distribution, number.replace("\0", "")) or abort(404)
