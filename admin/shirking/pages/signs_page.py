"""What shirking shows by: units × signs, and the list behind each number."""

from __future__ import annotations

from flask import render_template, request

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.shirking.pages.blueprint import OFFICE_ROLES, Answer, blueprint
from admin.shirking.pages.forms import TimeForm
from admin.shirking.signs import Sign, behind, counted
from portal.foundation.database import reading
from portal.foundation.errors import error_page


@blueprint.get("/shirking")
@staff_only(*OFFICE_ROLES)
def signs() -> Answer:
    """The numbers of a time, by unit."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        form = TimeForm.asked(request.args, reader.book.campaign.starts_on)
        fine = form.validate()
        counts = counted(session, reader.access, reader.book, form.time) if fine else {}
    page = render_template(
        "admin/shirking/signs.html", form=form, book=reader.book, counts=counts, signs=list(Sign)
    )
    return page if fine else (page, 422)


@blueprint.get("/shirking/<unit>/<sign>")
@staff_only(*OFFICE_ROLES)
def behind_sign(unit: str, sign: str) -> Answer:
    """What stands behind one number."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        form = TimeForm.asked(request.args, reader.book.campaign.starts_on)
        if unit not in reader.book.units or sign not in set(Sign) or not form.validate():
            return error_page(404)
        rows = behind(session, reader.access, reader.book, Sign(sign), form.time)
    return render_template(
        "admin/shirking/behind.html",
        book=reader.book,
        unit=unit,
        sign=Sign(sign),
        rows=[one for one in rows if one.unit == unit],
        query=request.query_string.decode(),
    )
