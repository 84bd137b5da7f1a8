"""Asking for a new person, or for one who comes back."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import signed_in, staff_only
from admin.staffing.pages.blueprint import REFUSALS, WHY, Answer, blueprint, go_to, links
from admin.staffing.pages.forms import PersonForm
from admin.staffing.proposing import propose
from admin.staffing.staff_change import How, What
from admin.staffing.wanted import Wanted
from portal.campaign.book import book
from portal.foundation.database import reading, writing
from portal.foundation.staff import Role


@blueprint.get("/people/new")
@staff_only(Role.SYSTEM_ADMIN)
def new_person() -> str:
    """Ask who, where, as what, and how one made sure."""
    return _page(_offered(PersonForm(formdata=None)))


@blueprint.post("/people/new")
@staff_only(Role.SYSTEM_ADMIN)
def ask_for_person() -> Answer:
    """Put it before a second person."""
    form = _offered(PersonForm())
    if not form.validate():
        return _page(form), 422
    wanted = Wanted(
        What.PERSON,
        How(form.how.data),
        name=form.name.data or "",
        display_name=form.display_name.data or "",
        unit_code=form.unit.data,
        role=Role(form.role.data),
    )
    try:
        with writing() as session:
            key = propose(session, wanted, by=signed_in().id).key
    except REFUSALS as refusal:
        form.form_errors.append(WHY[type(refusal)])
        return _page(form), 409
    said = "提出了。请另一位在“人员”页上定，过了7天作废。"
    return go_to(links().staff_change(key), [said])


def _offered(form: PersonForm) -> PersonForm:
    with reading() as session:
        form.offer(book(session))
    return form


def _page(form: PersonForm) -> str:
    return render_template("admin/staffing/new_person.html", form=form)
