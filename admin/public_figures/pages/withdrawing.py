"""Taking a month's figures off the public site."""

from __future__ import annotations

from flask import current_app, redirect, render_template
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.public_figures.draft_words import NotForThePublic
from admin.public_figures.pages.blueprint import blueprint, published, publisher
from admin.public_figures.pages.forms import ReasonForm, in_words
from admin.public_figures.release import withdraw
from admin.publishing.desk import PUBLISHING_ROLES, NeedsText
from admin.publishing.pages.forms import whole
from portal.foundation.database import reading, writing
from portal.published.figures_releasing import NothingPublished
from portal.published.month_figures import MonthFigures

Answer = str | tuple[str, int] | Response


@blueprint.get("/publishing/figures/<month>/withdraw")
@staff_only(*PUBLISHING_ROLES)
def ask_withdraw(month: str) -> str:
    """Ask why, and say what will happen."""
    with reading() as session:
        publisher(session)
        found = published(session, month)
    return _page(found, ReasonForm(formdata=None, data={"version": str(found.revision)}))


@blueprint.post("/publishing/figures/<month>/withdraw")
@staff_only(*PUBLISHING_ROLES)
def withdraw_month(month: str) -> Answer:
    """Withdraw it, or give the form back with what was typed."""
    form = ReasonForm()
    try:
        with writing() as session:
            me = publisher(session)
            found = published(session, month)
            if not form.validate():
                return _page(found, form), 422
            revision, reason = whole(form.version.data), form.reason.data or ""
            withdraw(session, found.month, by=me, revision=revision, reason=reason)
    except NeedsText:
        form.reason.errors = ["请写为什么"]
        return _page(found, form), 422
    except NotForThePublic as leaks:
        form.reason.errors = [in_words(leaks)]
        return _page(found, form), 422
    except NothingPublished:
        form.version.data = str(found.revision)
        return _page(found, form, why="您打开这一页以后，这个月又公布过一次。请再看一遍。"), 409
    address: str = current_app.extensions["links"].public_figures()
    return redirect(address, 303)


def _page(found: MonthFigures, form: ReasonForm, *, why: str = "") -> str:
    form.reason.label.text = "为什么撤下"
    return render_template(
        "admin/public_figures/withdraw.html", month=found.month, form=form, why=why
    )
