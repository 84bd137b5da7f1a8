"""The documents of a case, beginning one and writing it anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from flask import abort, render_template
from sqlalchemy.orm import Session

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk.hand import Hand, NeedsText, SomebodyWasFaster
from admin.desk.pages import done
from admin.documents import drafting
from admin.documents.drafting import NoSuchDocument
from admin.documents.pages.blueprint import Answer, Papers, blueprint, go_to, links, why_refused
from admin.documents.pages.forms import DocumentForm
from admin.documents.standard import standard_text
from intake.cases.case import Case
from intake.cases.formal_document import FormalDocument
from intake.document_text import DocumentText
from intake.rules.formal_documents import DocumentKind, fitting
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation.database import writing
from portal.foundation.staff import AT_A_DESK

_Write = Callable[[Session, Case, Hand, DocumentText], FormalDocument]


@blueprint.get("/cases/<number>/documents")
@staff_only(*AT_A_DESK)
def documents(number: str) -> str:
    """The documents of a case, and which may be begun."""
    papers = Papers.read(number)
    return render_template(
        "admin/documents/documents.html",
        fits=fitting(papers.file.case.kind),
        flash_messages=done.unpack(papers.desk.access.staff_id),
        **papers.context,
    )


@blueprint.get("/cases/<number>/documents/new/<slug>")
@staff_only(*AT_A_DESK)
def new_document(number: str, slug: str) -> Answer:
    """Show the form with the usual texts."""
    papers, kind = Papers.read(number), _kind(slug)
    possible = kind in papers.to_begin
    begun = standard_text(kind, papers.file.case, papers.desk.book)
    page = _form_page(papers, kind, _fresh(papers, kind, begun), possible=possible)
    return page if possible else (page, 409)


@blueprint.post("/cases/<number>/documents/new/<slug>")
@staff_only(*AT_A_DESK)
def draft_document(number: str, slug: str) -> Answer:
    """Draft it."""
    papers, kind = Papers.read(number), _kind(slug)

    def write(session: Session, case: Case, hand: Hand, text: DocumentText) -> FormalDocument:
        return drafting.draft(session, case, hand, kind, text)

    return _save(papers, kind, write, possible=kind in papers.to_begin)


@blueprint.get("/cases/<number>/documents/<key>/text")
@staff_only(*AT_A_DESK)
def document_text(number: str, key: str) -> Answer:
    """Show the form with what the draft says now."""
    papers = Papers.read(number)
    sheet = papers.sheet(key)
    form = _fresh(papers, sheet.kind, sheet.text or DocumentText())
    page = _form_page(papers, sheet.kind, form, possible=sheet.may_change, key=key)
    return page if sheet.may_change else (page, 409)


@blueprint.post("/cases/<number>/documents/<key>/text")
@staff_only(*AT_A_DESK)
def redraft_document(number: str, key: str) -> Answer:
    """Write the draft anew."""
    papers = Papers.read(number)
    sheet = papers.sheet(key)

    def write(session: Session, case: Case, hand: Hand, text: DocumentText) -> FormalDocument:
        document = drafting.find_document(session, case, key)
        drafting.redraft(session, case, hand, document, text)
        return document

    return _save(papers, sheet.kind, write, possible=sheet.may_change, key=key)


def _kind(slug: str) -> DocumentKind:
    return DocumentKind.from_slug(slug) or abort(404)


def _fresh(papers: Papers, kind: DocumentKind, text: DocumentText) -> DocumentForm:
    seen = {"version": str(papers.file.case.version)}
    return DocumentForm.for_kind(kind, formdata=None, data=asdict(text) | seen)


def _save(
    papers: Papers, kind: DocumentKind, write: _Write, *, possible: bool, key: str = ""
) -> Answer:
    """Keep what was typed, or give the form back with it."""
    form, number = DocumentForm.for_kind(kind), papers.file.case.number
    if not form.validate():
        return _form_page(papers, kind, form, possible=possible, key=key), 422 if possible else 409
    try:
        with writing() as session:
            case = find_case(session, papers.desk.access, number, to_change=True)
            hand = Hand(papers.desk.access, papers.desk.book, form.seen)
            document = write(session, case, hand, form.document)
    except (NoSuchCase, NoSuchDocument):
        abort(404)
    except NeedsText:
        form.form_errors.append("有一栏是空的，请写上")
        return _form_page(papers, kind, form, possible=possible, key=key), 422
    except (SomebodyWasFaster, MoveNotAllowed) as refusal:
        return _late(number, kind, form, refusal, key=key), 409
    address = links().document(number, document.key)
    return go_to(address, papers.desk, f"{kind.official}已存好，等签发。来件人还看不到。")


def _late(
    number: str, kind: DocumentKind, form: DocumentForm, refusal: Exception, *, key: str
) -> str:
    """The form with what was typed and the case as it is now, to look and press again."""
    papers = Papers.read(number)
    form.version.data = str(papers.file.case.version)
    possible = papers.sheet(key).may_change if key else kind in papers.to_begin
    why = why_refused(refusal)
    return _form_page(papers, kind, form, possible=possible, key=key, why=why)


def _form_page(
    papers: Papers,
    kind: DocumentKind,
    form: DocumentForm,
    *,
    possible: bool,
    key: str = "",
    why: str = "",
) -> str:
    if not possible and not why:
        why = "这件现在不能起草这种文书，或者这份文书已经签发。"
    number = papers.file.case.number
    return render_template(
        "admin/documents/text.html",
        kind=kind,
        form=form,
        possible=possible,
        why=why,
        back=links().document(number, key) if key else links().documents(number),
        now=papers.sheet(key).parts if key and why else [],
        **papers.context,
    )
