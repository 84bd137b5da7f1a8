"""Taking a result down."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.publishing.desk import PUBLISHING_ROLES, LeaksOpen, NeedsText
from admin.publishing.pages.blueprint import blueprint, publisher
from admin.publishing.pages.forms import WithdrawForm
from admin.publishing.withdrawing import AlreadyWithdrawn, withdraw
from portal.foundation.database import reading, writing
from portal.published.result import Result

Answer = str | tuple[str, int] | Response


@blueprint.get("/publishing/results/<number>/withdraw")
@staff_only(*PUBLISHING_ROLES)
def withdraw_result(number: str) -> Answer:
    """Ask why."""
    with reading() as session:
        publisher(session)
        _the_result(session, number)
    return _page(number, WithdrawForm(formdata=None))


@blueprint.post("/publishing/results/<number>/withdraw")
@staff_only(*PUBLISHING_ROLES)
def do_withdraw_result(number: str) -> Answer:
    """Take it down, or give the form back with what was typed."""
    form = WithdrawForm()
    try:
        with writing() as session:
            me = publisher(session)
            result = _the_result(session, number, to_change=True)
            if not form.validate():
                return _page(number, form), 422
            withdraw(session, result, by=me, because=form.reason.data or "")
    except NeedsText:
        form.form_errors.append("内容是空的，请写几句")
        return _page(number, form), 422
    except LeaksOpen:
        form.reason.errors = ["原因公众也看得到，里面不要有号码、地址。换个说法"]
        return _page(number, form), 422
    except AlreadyWithdrawn:
        return _page(number, form, why="另一位同事刚刚撤下了。"), 409
    return redirect(f"{current_app.extensions['links'].publishing()}?done=withdrawn", 303)


def _the_result(session: Session, number: str, *, to_change: bool = False) -> Result:
    found = session.get(Result, number.replace("\0", " "), with_for_update=to_change)
    return found or abort(404)


def _page(number: str, form: WithdrawForm, *, why: str = "") -> str:
    return render_template("admin/publishing/withdraw.html", number=number, form=form, why=why)
