"""The order that a case came as: what its sender demands, answering it, more time, and a receipt
for the citizen whose words it holds."""

from __future__ import annotations

from flask import render_template
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.desk.hand import Hand, NeedsText, check_decides
from admin.desk.pages import done
from admin.orders.answering import WrongDay, answer_order, extend_order
from admin.orders.pages.blueprint import Answer, blueprint, go_to, links
from admin.orders.pages.forms import AnswerForm, HandOutForm, MoreTimeForm
from admin.orders.pages.order_paper import OVER, OrderPaper, again, do
from intake import submission
from intake.asking.due_date import DueDate
from intake.asking.fields import secret
from intake.cases.case import Case
from intake.dates import clocks_of, happened
from intake.first_code import CodeIsHisOwn, hand_out_code
from intake.rules.clocks import told_to_reporter
from portal.foundation import clock
from portal.foundation.clock import day_of
from portal.foundation.database import reading
from portal.foundation.staff import AT_A_DESK


@blueprint.get("/cases/<number>/order")
@staff_only(*AT_A_DESK)
def order(number: str) -> str:
    """What its sender demands, and what may be done."""
    paper = OrderPaper.read(number)
    return _page(paper)


@blueprint.get("/cases/<number>/order/answer")
@staff_only(*AT_A_DESK)
def answer(number: str) -> Answer:
    """Ask when the sender had its answer, and with which words."""
    paper = OrderPaper.read(number)
    data = paper.seen | {"on": clock.today(), "words": paper.answer}
    page = _answer_page(paper, AnswerForm(formdata=None, data=data))
    return page if paper.is_open else (page, 409)


@blueprint.post("/cases/<number>/order/answer")
@staff_only(*AT_A_DESK)
def note_answer(number: str) -> Answer:
    """Note it."""
    paper, form = OrderPaper.read(number), AnswerForm()
    on = form.on.data
    if not form.validate() or on is None:
        return _answer_page(paper, form), 422

    def act(session: Session, case: Case, hand: Hand) -> None:
        answer_order(session, case, hand, on=on, words=form.words.data or "")

    try:
        why = do(paper, form, act)
    except WrongDay:
        form.on.errors = ["报回的日子不能在今天以后，也不能早于交办的日子"]
        return _answer_page(paper, form), 422
    except NeedsText:
        form.words.errors = ["还没有答复来件人，请写报给对方的是什么"]
        return _answer_page(paper, form), 422
    if why:
        return _answer_page(again(number, form), form, why=why), 409
    return go_to(links().order(number), paper.desk.access.staff_id, "报回的日子记下了。")


@blueprint.get("/cases/<number>/order/extension")
@staff_only(*AT_A_DESK)
def more_time(number: str) -> Answer:
    """Ask until when the sender agreed."""
    paper = OrderPaper.read(number)
    page = _extension_page(paper, MoreTimeForm(formdata=None, data=paper.seen))
    return page if paper.is_open and paper.order.wanted_by else (page, 409)


@blueprint.post("/cases/<number>/order/extension")
@staff_only(*AT_A_DESK)
def note_more_time(number: str) -> Answer:
    """Note it."""
    paper, form = OrderPaper.read(number), MoreTimeForm()
    until = form.until.data
    if not form.validate() or until is None:
        return _extension_page(paper, form), 422

    def act(session: Session, case: Case, hand: Hand) -> None:
        extend_order(session, case, hand, until=until, reason=form.words.data or "")

    try:
        why = do(paper, form, act)
    except WrongDay:
        form.until.errors = ["要晚于现在的期限，也不能是已经过了的日子"]
        return _extension_page(paper, form), 422
    except NeedsText:
        form.words.errors = ["请写对方谁同意的、为什么"]
        return _extension_page(paper, form), 422
    if why:
        return _extension_page(again(number, form), form, why=why), 409
    return go_to(links().order(number), paper.desk.access.staff_id, "延期记下了，期限已经改。")


@blueprint.post("/cases/<number>/order/receipt")
@staff_only(*AT_A_DESK)
def hand_out_receipt(number: str) -> Answer:
    """Print a receipt with a first code. It is the answer to the press itself, so that no address
    shows it again."""
    paper, form = OrderPaper.read(number), HandOutForm()
    sent = form.submission.data or ""
    if not form.validate() or not submission.is_ours(secret(), sent) or not paper.has_citizen:
        return _page(paper, why="页面放久了，请再按一次。"), 422
    codes: list[str] = []

    def act(session: Session, case: Case, hand: Hand) -> None:
        # Printed twice by the same press, it changes nothing the second time.
        check_decides(session, case, Hand(hand.access, hand.book, case.version), "receipt")
        codes.append(hand_out_code(session, case, sent, by=hand.access.staff_id))

    try:
        why = do(paper, form, act)
    except CodeIsHisOwn:
        why = "来件人已经换成了他自己的查询码，不能再打。请他用自己的查询码看。"
    if why:
        return _page(OrderPaper.read(number), why=why), 409
    return _receipt(paper, codes[0])


def _page(paper: OrderPaper, *, why: str = "") -> str:
    data = paper.seen | {"submission": submission.issue(secret())}
    return render_template(
        "admin/orders/order.html",
        case=paper.file.case,
        paper=paper,
        clock=next((one for one in paper.file.clocks if one.title == "回复来单"), None),
        form=HandOutForm(formdata=None, data=data),
        why=why,
        flash_messages=done.unpack(paper.desk.access.staff_id),
    )


def _answer_page(paper: OrderPaper, form: AnswerForm, *, why: str = "") -> str:
    possible = paper.is_open
    return render_template(
        "admin/orders/answer.html",
        case=paper.file.case,
        paper=paper,
        form=form,
        possible=possible,
        why=why or ("" if possible else OVER),
    )


def _extension_page(paper: OrderPaper, form: MoreTimeForm, *, why: str = "") -> str:
    possible = paper.is_open and paper.order.wanted_by is not None
    return render_template(
        "admin/orders/extension.html",
        case=paper.file.case,
        paper=paper,
        form=form,
        possible=possible,
        why=why or ("" if possible else OVER),
    )


def _receipt(paper: OrderPaper, code: str) -> str:
    case, book = paper.file.case, paper.desk.book
    with reading() as session:
        running = clocks_of(book, case.kind, case.identity, happened(session, case))
    told = told_to_reporter(running)
    hidden = case.is_tip_off or case.accusing
    return render_template(
        "admin/orders/receipt.html",
        campaign=book.campaign,
        case=case,
        recorded_on=day_of(case.registered_at),
        query_code=code,
        texted_to="",
        unit="" if hidden else book.unit_name(case.unit_code),
        due=DueDate.of(told) if told else None,
        back=links().order(case.number),
    )
