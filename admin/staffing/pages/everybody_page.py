"""Signing everybody out at once, but whoever does it."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import signed_in_here, staff_only
from admin.accounts.once import EnteredBefore
from admin.accounts.sign_everybody_out import Why, sign_everybody_out
from admin.staffing.pages.blueprint import Answer, blueprint, go_to, links
from admin.staffing.pages.forms import SignOutForm
from portal.foundation.database import writing
from portal.foundation.staff import Role

_DONE = "所有人都退出登录了，只有您这里还登录着。"


@blueprint.get("/people/sign-out")
@staff_only(Role.SYSTEM_ADMIN)
def signing_out() -> str:
    """Say what happens, and ask why."""
    return _page(SignOutForm(formdata=None))


@blueprint.post("/people/sign-out")
@staff_only(Role.SYSTEM_ADMIN)
def sign_out_everybody() -> Answer:
    """End them; pressed twice is once."""
    form, here = SignOutForm(), signed_in_here()
    if not form.validate():
        return _page(form), 422
    try:
        with writing() as session:
            form.refuse_twice(session)
            why, key = Why(form.why.data), here.session.form_key
            sign_everybody_out(session, why, by=here.staff.id, form_key=key)
    except EnteredBefore:
        pass
    return go_to(links().people(), [_DONE])


def _page(form: SignOutForm) -> str:
    return render_template("admin/staffing/sign_out.html", form=form)
