"""One document: reading it, issuing it, noting its delivery."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, render_template
from sqlalchemy.orm import Session

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk.hand import Hand, NeedsSecondPerson, SomebodyWasFaster
from admin.desk.pages import done
from admin.desk.pages.forms import ActForm
from admin.documents import drafting
from admin.documents.document_file import Sheet
from admin.documents.drafting import BadDay, NoSuchDocument
from admin.documents.pages.blueprint import Answer, Papers, blueprint, go_to, links, why_refused
from admin.documents.pages.forms import DeliveryForm
from admin.documents.shipped import shipped
from intake.cases.case import Case
from intake.cases.formal_document import Delivery, FormalDocument
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation import clock
from portal.foundation.database import writing
from portal.foundation.staff import AT_A_DESK

_Act = Callable[[Session, Case, Hand, FormalDocument], None]
_REFUSALS = (SomebodyWasFaster, NeedsSecondPerson, MoveNotAllowed)


@blueprint.get("/cases/<number>/documents/<key>")
@staff_only(*AT_A_DESK)
def document(number: str, key: str) -> str:
    """What a document says, and what may be done with it."""
    papers = Papers.read(number)
    return _page(papers, papers.sheet(key))


@blueprint.post("/cases/<number>/documents/<key>/issue")
@staff_only(*AT_A_DESK)
def issue_document(number: str, key: str) -> Answer:
    """Issue it. What the page showed is what is issued: a later version refuses."""
    papers, form = Papers.read(number), ActForm()
    sheet = papers.sheet(key)
    # The product's own template is made once in a process, and not while others wait to write.
    shipped(sheet.kind)
    if not form.validate():
        return _page(papers, sheet, why="页面放久了，请再按一次。"), 422
    refusal = _do(papers, key, form.seen, drafting.issue)
    if refusal:
        papers = Papers.read(number)
        return _page(papers, papers.sheet(key), why=why_refused(refusal)), 409
    said = f"{sheet.kind.official}已签发，来件人现在能看到。打印盖章、送到以后，记下送达的日子。"
    return go_to(links().document(number, key), papers.desk, said)


@blueprint.get("/cases/<number>/documents/<key>/delivery")
@staff_only(*AT_A_DESK)
def delivery(number: str, key: str) -> Answer:
    """Ask when and how it was delivered."""
    papers = Papers.read(number)
    sheet = papers.sheet(key)
    data = {"version": str(papers.file.case.version), "delivered_on": clock.today()}
    page = _delivery_page(papers, sheet, DeliveryForm(formdata=None, data=data))
    return page if sheet.may_deliver else (page, 409)


@blueprint.post("/cases/<number>/documents/<key>/delivery")
@staff_only(*AT_A_DESK)
def deliver_document(number: str, key: str) -> Answer:
    """Note it."""
    papers, form = Papers.read(number), DeliveryForm()
    sheet = papers.sheet(key)
    on = form.delivered_on.data
    if not form.validate() or on is None:
        return _delivery_page(papers, sheet, form), 422 if sheet.may_deliver else 409
    try:
        refusal = _do(
            papers,
            key,
            form.seen,
            lambda session, case, hand, one: drafting.deliver(
                session, case, hand, one, on=on, how=Delivery(form.how.data)
            ),
        )
    except BadDay:
        form.delivered_on.errors = ["这一天还没有签发，请写签发以后的日子"]
        return _delivery_page(papers, sheet, form), 422
    if refusal:
        papers = Papers.read(number)
        form.version.data = str(papers.file.case.version)
        return _delivery_page(papers, papers.sheet(key), form, why=why_refused(refusal)), 409
    return go_to(links().document(number, key), papers.desk, "送达的日子记下了。")


def _do(papers: Papers, key: str, seen: int, act: _Act) -> Exception | None:
    """Do an act on a document; the refusal where it can't be done any more."""
    try:
        with writing() as session:
            number = papers.file.case.number
            case = find_case(session, papers.desk.access, number, to_change=True)
            one = drafting.find_document(session, case, key)
            act(session, case, Hand(papers.desk.access, papers.desk.book, seen), one)
    except (NoSuchCase, NoSuchDocument):
        abort(404)
    except _REFUSALS as refusal:
        return refusal
    return None


def _page(papers: Papers, sheet: Sheet, *, why: str = "") -> str:
    seen = {"version": str(papers.file.case.version)}
    return render_template(
        "admin/documents/document.html",
        sheet=sheet,
        form=ActForm(formdata=None, data=seen),
        why=why,
        flash_messages=done.unpack(papers.desk.access.staff_id),
        **papers.context,
    )


def _delivery_page(papers: Papers, sheet: Sheet, form: DeliveryForm, *, why: str = "") -> str:
    if not sheet.may_deliver and not why:
        why = "这份文书还没有签发，或者送达的日子已经记过了。"
    return render_template(
        "admin/documents/delivery.html", sheet=sheet, form=form, why=why, **papers.context
    )
