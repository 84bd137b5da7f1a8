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
from admin.documents.pages.all_papers import papers
from admin.documents.pages.blueprint import Answer, blueprint, go_to, links
from admin.documents.pages.printing import docx
from admin.documents.paper import Paper
from admin.documents.template_check import check_template
from admin.documents.templates import NoSuchTemplate
from portal.foundation.database import reading, writing
from portal.foundation.staff import Role
from portal.foundation.uploads import takes_file, uploaded_file

OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)


@blueprint.get("/documents/templates")
@staff_only(*OFFICE_ROLES)
def templates_list() -> str:
    """One line for each paper."""
    with reading() as session:
        desk = _office(session)
        rows = [(paper, templates.revisions(session, paper)) for paper in papers()]
    return render_template(
        "admin/documents/templates.html",
        rows=[(paper, found[0] if found else None) for paper, found in rows],
        flash_messages=done.unpack(desk.access.staff_id),
    )


@blueprint.get("/documents/templates/<slug>")
@staff_only(*OFFICE_ROLES)
def template(slug: str) -> str:
    """One kind: its variables, its template, and the field for another one."""
    return _page(_paper(slug))


@blueprint.post("/documents/templates/<slug>")
@staff_only(*OFFICE_ROLES)
@takes_file(MOST_BYTES)
def upload_template(slug: str) -> Answer:
    """Check a template and put it in force, or say what is wrong with it; then nothing changed."""
    paper = _paper(slug)
    with reading() as session:
        desk = _office(session)
    content = uploaded_file()
    try:
        check_template(content, paper)
    except BadTemplate as bad:
        return _page(paper, problems=bad.problems), 422
    with writing() as session:
        revision = templates.take_over(session, paper, content, by=signed_in().id).revision
    said = f"{paper.official}的模板换好了，是第{revision}版。以后新做的用它。"
    return go_to(_address(paper), desk, said)


@blueprint.post("/documents/templates/<slug>/shipped")
@staff_only(*OFFICE_ROLES)
def use_shipped_template(slug: str) -> Answer:
    """Go back to the product's own."""
    paper = _paper(slug)
    with writing() as session:
        desk = _office(session)
        templates.back_to_shipped(session, paper, by=signed_in().id)
    return go_to(_address(paper), desk, f"{paper.official}又用系统自带的模板了。")


@blueprint.get("/documents/templates/<slug>/file")
@staff_only(*OFFICE_ROLES)
def template_file(slug: str) -> Response:
    """The template in force."""
    paper = _paper(slug)
    with reading() as session:
        _office(session)
        content = templates.content_in_force(session, paper)
    return docx(content, f"template-{paper.slug}.docx")


@blueprint.get("/documents/templates/<slug>/<int:revision>")
@staff_only(*OFFICE_ROLES)
def earlier_template(slug: str, revision: int) -> Response:
    """An earlier one."""
    paper = _paper(slug)
    with reading() as session:
        _office(session)
        try:
            content = templates.content_of(session, paper, revision)
        except NoSuchTemplate:
            abort(404)
    return docx(content, f"template-{paper.slug}-{revision}.docx")


def _paper(slug: str) -> Paper:
    return next((one for one in papers() if one.slug == slug), None) or abort(404)


def _office(session: Session) -> Desk:
    """For whoever isn't of the office of this campaign, the page doesn't exist."""
    desk = Desk.of(session)
    return desk if desk.access.as_office else abort(404)


def _address(paper: Paper) -> str:
    return f"{links().document_templates()}/{paper.slug}"


def _page(paper: Paper, *, problems: list[str] | None = None) -> str:
    with reading() as session:
        desk = _office(session)
        revisions = templates.revisions(session, paper)
        names = names_of_staff(session)
    return render_template(
        "admin/documents/template.html",
        paper=paper,
        revisions=[(one, names.get(one.uploaded_by or 0, "")) for one in revisions],
        is_shipped=not revisions or revisions[0].shipped,
        problems=problems or [],
        flash_messages=done.unpack(desk.access.staff_id),
    )
