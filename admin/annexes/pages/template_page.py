"""The template of an annex, for the office: what it looks like, changing it, what it was before."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.annexes.columns import Annex
from admin.annexes.layout import Layout
from admin.annexes.pages.blueprint import OFFICE_ROLES, blueprint, of_the_office
from admin.annexes.pages.typed_layout import TypedLayout
from admin.annexes.templates import (
    BadLayout,
    Template,
    TemplateChanged,
    revise,
    revisions_of,
    template_of,
)
from portal.foundation.database import reading, writing
from portal.foundation.staff import Staff

Answer = str | tuple[str, int] | Response


@blueprint.get("/annexes/templates/<any('statistics','problems'):name>")
@staff_only(*OFFICE_ROLES)
def template(name: str) -> Answer:
    """What an annex looks like, and everything that it looked like before."""
    annex = Annex(name)
    with reading() as session:
        of_the_office(session)
        stands = template_of(session, annex)
    if "shipped" in request.args:
        stands = Template(Layout.shipped(annex), stands.revision)
    return _page(TypedLayout.of(annex, stands))


@blueprint.post("/annexes/templates/<any('statistics','problems'):name>")
@staff_only(*OFFICE_ROLES)
def save_template(name: str) -> Answer:
    """Check what was typed and keep it as a revision; the earlier ones stay."""
    annex = Annex(name)
    typed = TypedLayout.sent(annex, request.form)
    try:
        layout = typed.layout
        with writing() as session:
            by = of_the_office(session)
            staff = by.access.staff_id
            revise(session, by.book, annex, layout, seen=typed.seen, by=staff)
    except BadLayout as bad:
        return _page(typed, faults=bad.faults), 422
    except TemplateChanged:
        return _page(typed, late=True), 409
    return redirect(f"{current_app.extensions['links'].annex_template(name)}?done=saved", 303)


def _page(typed: TypedLayout, *, faults: list[str] | None = None, late: bool = False) -> str:
    """The form with what was typed; where a colleague was faster, with the revision that now
    stands, so that pressing again replaces it."""
    with reading() as session:
        of_the_office(session)
        revisions = revisions_of(session, typed.annex)
        writers = {one.written_by for one in revisions}
        people = session.scalars(select(Staff).where(Staff.id.in_(writers)))
        names = {one.id: one.display_name for one in people}
    latest = revisions[0].revision if revisions else 0
    return render_template(
        "admin/annexes/template.html",
        typed=typed,
        seen=latest if late else typed.seen,
        revisions=[(one, names.get(one.written_by, "")) for one in revisions],
        faults=faults or [],
        late=late,
        saved=request.args.get("done") == "saved",
    )
