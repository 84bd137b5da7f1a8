"""A document on paper: as a DOCX of the office's template, and as a page to print. Made in memory;
nothing of it is stored."""

from __future__ import annotations

from flask import Response, abort, render_template

from admin.accounts.guard import staff_only
from admin.documents.document_file import Sheet
from admin.documents.filling import fill
from admin.documents.pages.blueprint import Papers, blueprint
from admin.documents.papers import paper_of
from admin.documents.templates import content_in_force, content_of
from admin.documents.variables import SOMEBODY, values_of
from portal.foundation.database import reading
from portal.foundation.staff import AT_A_DESK

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/cases/<number>/documents/<key>/file")
@staff_only(*AT_A_DESK)
def document_file(number: str, key: str) -> Response:
    """The DOCX. Its name carries the number of the case and what it is, and nobody's name."""
    sheet = Papers.read(number).sheet(key)
    if sheet.text is None:
        abort(404)
    content = fill(_template(sheet), values_of(sheet.kind, sheet.text, sheet.frame))
    return docx(content, f"{sheet.frame.case_number}-{sheet.kind.slug}.docx")


@blueprint.get("/cases/<number>/documents/<key>/print")
@staff_only(*AT_A_DESK)
def printed_document(number: str, key: str) -> str:
    """A4, with room for the stamp."""
    papers = Papers.read(number)
    return render_template(
        "admin/documents/print.html",
        sheet=papers.sheet(key),
        somebody=SOMEBODY,
        **papers.context,
    )


def docx(content: bytes, name: str) -> Response:
    """A DOCX to be saved; never shown inside the browser."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=DOCX, headers=headers)


def _template(sheet: Sheet) -> bytes:
    """What the document was issued with; a draft shows what is in force."""
    with reading() as session:
        if sheet.document.template_revision is None:
            return content_in_force(session, paper_of(sheet.kind))
        return content_of(session, paper_of(sheet.kind), sheet.document.template_revision)
