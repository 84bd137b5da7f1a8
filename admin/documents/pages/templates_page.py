"""The office's templates: what each may hold, the one in force, the earlier ones, another one."""

from __future__ import annotations

from flask import Response, abort, render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import signed_in, staff_only
from admin.desk.entries import names_of_staff
from admin.desk.pages import done
from admin.desk.pages.desk import Desk
from admin.documents import templates
from admin.documents.package_check import MOST_BYTES, BadTemplate
from admin.documents.pages.blueprint import Answer, blueprint, go_to, links
from admin.documents.pages.printing import docx
from admin.documents.template_check import check_template
from admin.documents.templates import NoSuchTemplate
from admin.documents.variables import variables_of
from intake.rules.formal_documents import DocumentKind
from portal.foundation.database import reading, writing
from portal.foundation.staff import Role
from portal.foundation.uploads import takes_file, uploaded_file

OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)


@blueprint.get("/documents/templates")
@staff_only(*OFFICE_ROLES)
def templates_list() -> str:
    """One line for each kind of document."""
    with reading() as session:
        desk = _office(session)
        rows = [(kind, templates.revisions(session, kind)) for kind in DocumentKind]
    return render_template(
        "admin/documents/templates.html",
        rows=[(kind, found[0] if found else None) for kind, found in rows],
        flash_messages=done.unpack(desk.access.staff_id),
    )


@blueprint.get("/documents/templates/<slug>")
@staff_only(*OFFICE_ROLES)
def template(slug: str) -> str:
    """One kind: its variables, its template, and the field for another one."""
    return _page(_kind(slug))


@blueprint.post("/documents/templates/<slug>")
@staff_only(*OFFICE_ROLES)
@takes_file(MOST_BYTES)
def upload_template(slug: str) -> Answer:
    """Check a template and put it in force, or say what is wrong with it; then nothing changed."""
    kind = _kind(slug)
    with reading() as session:
        desk = _office(session)
    content = uploaded_file()
    try:
        check_template(content, kind)
    except BadTemplate as bad:
        return _page(kind, problems=bad.problems), 422
    with writing() as session:
        revision = templates.take_over(session, kind, content, by=signed_in().id).revision
    said = f"{kind.official}的模板换好了，是第{revision}版。以后起草和签发的用它。"
    return go_to(_address(kind), desk, said)


@blueprint.post("/documents/templates/<slug>/shipped")
@staff_only(*OFFICE_ROLES)
def use_shipped_template(slug: str) -> Answer:
    """Go back to the product's own."""
    kind = _kind(slug)
    with writing() as session:
        desk = _office(session)
        templates.back_to_shipped(session, kind, by=signed_in().id)
    return go_to(_address(kind), desk, f"{kind.official}又用系统自带的模板了。")


@blueprint.get("/documents/templates/<slug>/file")
@staff_only(*OFFICE_ROLES)
def template_file(slug: str) -> Response:
    """The template in force."""
    kind = _kind(slug)
    with reading() as session:
        _office(session)
        content = templates.content_in_force(session, kind)
    return docx(content, f"template-{kind.slug}.docx")


@blueprint.get("/documents/templates/<slug>/<int:revision>")
@staff_only(*OFFICE_ROLES)
def earlier_template(slug: str, revision: int) -> Response:
    """An earlier one."""
    kind = _kind(slug)
    with reading() as session:
        _office(session)
        try:
            content = templates.content_of(session, kind, revision)
        except NoSuchTemplate:
            abort(404)
    return docx(content, f"template-{kind.slug}-{revision}.docx")


def _kind(slug: str) -> DocumentKind:
    return DocumentKind.from_slug(slug) or abort(404)


def _office(session: Session) -> Desk:
    """For whoever isn't of the office of this campaign, the page doesn't exist."""
    desk = Desk.of(session)
    return desk if desk.access.as_office else abort(404)


def _address(kind: DocumentKind) -> str:
    return f"{links().document_templates()}/{kind.slug}"


def _page(kind: DocumentKind, *, problems: list[str] | None = None) -> str:
    with reading() as session:
        desk = _office(session)
        revisions = templates.revisions(session, kind)
        names = names_of_staff(session)
    return render_template(
        "admin/documents/template.html",
        kind=kind,
        variables=variables_of(kind),
        revisions=[(one, names.get(one.uploaded_by or 0, "")) for one in revisions],
        is_shipped=not revisions or revisions[0].shipped,
        problems=problems or [],
        flash_messages=done.unpack(desk.access.staff_id),
    )
