"""One text that didn't arrive: having it sent again, or letting it go."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template
from flask.typing import ResponseReturnValue

from admin.accounts.guard import signed_in, staff_only
from admin.outbox.lost import NotLost, Reason, let_go, lost_text, send_again
from admin.outbox.pages.blueprint import blueprint
from admin.outbox.pages.forms import AGAIN, LostTextForm
from portal.foundation.database import reading, writing
from portal.foundation.staff import Role


@blueprint.get("/system/texts/<reference>")
@staff_only(Role.SYSTEM_ADMIN)
def lost(reference: str) -> ResponseReturnValue:
    """Show what is known of it, and ask what to do."""
    return _page(reference, LostTextForm(formdata=None))


@blueprint.post("/system/texts/<reference>")
@staff_only(Role.SYSTEM_ADMIN)
def deal_with_lost(reference: str) -> ResponseReturnValue:
    """Do it, and lead back to the list."""
    form = LostTextForm()
    if not form.validate():
        return _page(reference, form), 422
    act = send_again if form.what.data == AGAIN else let_go
    try:
        with writing() as session:
            act(session, reference, by=signed_in().id, reason=Reason(form.reason.data))
    except NotLost:
        abort(404)
    listed = current_app.extensions["links"].system("texts")
    return redirect(f"{listed}?done={form.what.data}", 303)


def _page(reference: str, form: LostTextForm) -> str:
    try:
        with reading() as session:
            text = lost_text(session, reference)
    except NotLost:
        abort(404)
    return render_template("admin/outbox/lost.html", text=text, form=form)
