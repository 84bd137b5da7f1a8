"""Opening a contact: asked for with a reason, shown once in the answer, and never kept."""

from __future__ import annotations

from flask import abort, render_template

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk.case_file import read_case
from admin.desk.identity import Reason, open_identity
from admin.desk.pages.blueprint import blueprint
from admin.desk.pages.desk import Desk
from admin.desk.pages.forms import IdentityForm
from admin.desk.pages.list_place import carried, case_address
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation.database import reading, writing
from portal.foundation.staff import AT_A_DESK

Answer = str | tuple[str, int]


@blueprint.get("/cases/<number>/identity", endpoint="identity")
@staff_only(*AT_A_DESK)
def identity_page(number: str) -> Answer:
    """Ask for the reason. Nothing is opened yet."""
    return _ask(number, IdentityForm(formdata=None))


@blueprint.post("/cases/<number>/identity")
@staff_only(*AT_A_DESK)
def open_contact(number: str) -> Answer:
    """Open the contact and show it in this answer only; the event is stored before it is shown."""
    form = IdentityForm()
    if not form.validate():
        page = _ask(number, form)
        return (page, 422) if isinstance(page, str) else page
    try:
        with writing() as session:
            desk = Desk.of(session)
            case = find_case(session, desk.access, number, to_change=True)
            lines = open_identity(session, case, desk.access, Reason(form.reason.data))
    except NoSuchCase:
        abort(404)
    except MoveNotAllowed:
        return _ask(number, form)
    view = carried(desk.access, desk.book)
    return render_template(
        "admin/desk/identity.html",
        case=case,
        lines=lines,
        form=form,
        possible=True,
        back=case_address(number, view),
    )


def _ask(number: str, form: IdentityForm) -> Answer:
    with reading() as session:
        desk = Desk.of(session)
        try:
            file = read_case(session, desk.access, desk.book, number)
        except NoSuchCase:
            abort(404)
    possible = "identity" in file.acts
    view = carried(desk.access, desk.book)
    form.list.data = view.query
    page = render_template(
        "admin/desk/identity.html",
        case=file.case,
        lines=None,
        form=form,
        possible=possible,
        back=case_address(number, view),
    )
    return page if possible else (page, 409)
