"""A member of staff chooses to hear by mail that something waits for him, or has that stopped."""

from __future__ import annotations

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from admin.accounts.cookie import settings
from admin.accounts.guard import signed_in, staff_only
from admin.accounts.pages.account import page
from admin.accounts.pages.blueprint import blueprint
from admin.accounts.pages.forms import MailForm
from admin.accounts.work_mail import leave_mail, stop_mail
from portal.foundation.database import writing


@blueprint.post("/account/mail")
@staff_only()
def leave_own_mail() -> ResponseReturnValue:
    """Take an address."""
    _is_offered()
    form = MailForm()
    if not form.validate():
        return page(mail_form=form), 422
    with writing() as session:
        leave_mail(session, signed_in().id, form.mail.address)
    return redirect(url_for("accounts.account", done="mail"), 303)


@blueprint.post("/account/mail/stop")
@staff_only()
def stop_own_mail() -> ResponseReturnValue:
    """Forget it."""
    _is_offered()
    with writing() as session:
        stop_mail(session, signed_in().id)
    return redirect(url_for("accounts.account", done="no-mail"), 303)


def _is_offered() -> None:
    if not settings().mail_from:
        abort(404)
