"""What ends a draft or a list, each on a page that says what it does: giving up, taking down."""

from __future__ import annotations

from flask import abort, redirect, render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.distributions import drafting, release
from admin.distributions.pages.blueprint import blueprint, the_draft
from admin.distributions.pages.forms import DropForm, WithdrawForm
from admin.distributions.release import NotStanding
from admin.publishing.desk import PUBLISHING_ROLES, NotADraft, SomebodyWasFaster
from admin.publishing.pages.room import Answer, links, publisher, whole
from portal.foundation import clock
from portal.foundation.database import reading, writing
from portal.published.appearance import appearances_of
from portal.published.distribution import Distribution, TakenDown

_CHANGED = "您打开这一页以后，这一稿有了变化。"
_GONE = "这份名单已经撤下了。"


@blueprint.get("/publishing/distributions/<number>/drop")
@staff_only(*PUBLISHING_ROLES)
def drop(number: str) -> Answer:
    """Ask whether the draft is to be given up."""
    return _drop_page(number, DropForm(formdata=None, data=_version(number)))


@blueprint.post("/publishing/distributions/<number>/drop")
@staff_only(*PUBLISHING_ROLES)
def drop_list(number: str) -> Answer:
    """Give it up."""
    form = DropForm()
    if not form.validate():
        return _drop_page(number, form), 422
    try:
        with writing() as session:
            me, found = publisher(session), the_draft(session, number, to_change=True)
            drafting.drop(session, found, by=me, version=whole(form.version.data))
    except (SomebodyWasFaster, NotADraft):
        form.version.data = _version(number)["version"]
        return _drop_page(number, form, why=_CHANGED), 409
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


def _drop_page(number: str, form: DropForm, *, why: str = "") -> str:
    with reading() as session:
        publisher(session)
        found = the_draft(session, number)
    return render_template("admin/distributions/drop.html", draft=found, form=form, why=why)


def _withdraw_page(number: str, form: WithdrawForm, *, why: str = "") -> str:
    with reading() as session:
        me = publisher(session)
        one = _standing(session, number)
        copies = appearances_of(session, f"/distributions/{one.number}")
    return render_template(
        "admin/distributions/withdraw.html",
        book=me.book,
        one=one,
        copies=copies,
        form=form,
        why=why,
        over=one.taken_down_on is not None or one.shown_until < clock.today(),
    )


def _standing(session: Session, number: str) -> Distribution:
    return session.get(Distribution, number.replace("\0", "")) or abort(404)
