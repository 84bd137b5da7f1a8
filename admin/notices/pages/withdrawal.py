"""Taking a notice down."""

from __future__ import annotations

from flask import current_app, redirect, render_template
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.notices.pages.blueprint import blueprint, publisher, the_notice
from admin.notices.pages.forms import WithdrawForm
from admin.notices.withdrawing import withdraw
from admin.publishing.desk import PUBLISHING_ROLES, LeaksOpen, NeedsText
from admin.publishing.withdrawing import AlreadyWithdrawn
from portal.foundation.database import reading, writing

Answer = str | tuple[str, int] | Response


@blueprint.get("/publishing/notices/<slug>/withdraw")
@staff_only(*PUBLISHING_ROLES)
def withdraw_notice(slug: str) -> Answer:
    """Ask why."""
    with reading() as session:
        publisher(session)
        title = the_notice(session, slug).title
    return _page(slug, title, WithdrawForm(formdata=None, title=title))


@blueprint.post("/publishing/notices/<slug>/withdraw")
@staff_only(*PUBLISHING_ROLES)
def do_withdraw_notice(slug: str) -> Answer:
    """Take it down, or give the form back with what was typed."""
    form = WithdrawForm()
    try:
        with writing() as session:
            me = publisher(session)
            notice = the_notice(session, slug)
            title = notice.title
            if not form.validate():
                return _page(slug, title, form), 422
            reason, called = form.reason.data or "", form.title.data or ""
            withdraw(session, notice, by=me, because=reason, title=called)
    except NeedsText:
        form.form_errors.append("内容是空的，请写几句")
        return _page(slug, title, form), 422
    except LeaksOpen:
        form.form_errors.append("标题和原因公众也看得到，里面不要有号码、地址。换个说法")
        return _page(slug, title, form), 422
    except AlreadyWithdrawn:
        return _page(slug, title, form, why="另一位同事刚刚撤下了。"), 409
    return redirect(f"{current_app.extensions['links'].public_notices()}?done=withdrawn", 303)


def _page(slug: str, title: str, form: WithdrawForm, *, why: str = "") -> str:
    return render_template(
        "admin/notices/withdraw.html", slug=slug, title=title, form=form, why=why
    )
