"""What happens to an order after it was entered: its sender sends it again, or its number was
wrong."""

from __future__ import annotations

from flask import render_template
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.desk.hand import Hand, NeedsText
from admin.orders.answering import WrongDay
from admin.orders.correcting import NumberTaken, SameNumber, correct_number
from admin.orders.demand import DATED
from admin.orders.pages.blueprint import Answer, blueprint, go_to, links
from admin.orders.pages.forms import NumberForm, SentAgainForm
from admin.orders.pages.order_paper import OrderPaper, again, do
from admin.orders.sending_again import Again, send_again
from intake.cases.case import Case
from portal.foundation import clock
from portal.foundation.staff import AT_A_DESK

_NOT_ANSWERED = "这件来单还没有报回，对方不会退回重办。对方改了日子，用“对方同意延期”。"
_EMPTY = "这一栏是空的，请写几句"


@blueprint.get("/cases/<number>/order/again")
@staff_only(*AT_A_DESK)
def sent_again(number: str) -> Answer:
    """Ask why and by when the sender wants another answer."""
    paper = OrderPaper.read(number)
    form = SentAgainForm(formdata=None, data=paper.seen | {"on": clock.today()})
    page = _again_page(paper, form)
    return (page, 409) if paper.is_open else page


@blueprint.post("/cases/<number>/order/again")
@staff_only(*AT_A_DESK)
def note_sent_again(number: str) -> Answer:
    """Note it; a case that was answered is opened again."""
    paper, form = OrderPaper.read(number), SentAgainForm()
    fine, on, until = form.validate(), form.on.data, form.answer_by.data
    if paper.file.case.channel in DATED and until is None and not form.answer_by.errors:
        form.answer_by.errors, fine = ["这样的来单都有答复的期限，请照来单写"], False
    if not fine or on is None:
        return _again_page(paper, form), 422

    def act(session: Session, case: Case, hand: Hand) -> None:
        send_again(session, case, hand, Again(form.words.data or "", on, until))

    try:
        why = do(paper, form, act)
    except WrongDay:
        form.on.errors = [
            "退回的日子不能早于报回的日子，不能在今天以后；再答复的日子不能早于退回的日子"
        ]
        return _again_page(paper, form), 422
    except NeedsText:
        form.words.errors = [_EMPTY]
        return _again_page(paper, form), 422
    if why:
        # Where it wasn't answered yet, its page says so better.
        why = "" if paper.is_open else why
        return _again_page(again(number, form), form, why=why), 409
    said = "退回重办记下了。答复过的件已经重新打开，等您分派。"
    return go_to(links().order(number), paper.desk.access.staff_id, said)


@blueprint.get("/cases/<number>/order/number")
@staff_only(*AT_A_DESK)
def wrong_number(number: str) -> Answer:
    """Ask for the right number."""
    paper = OrderPaper.read(number)
    return _number_page(paper, NumberForm(formdata=None, data=paper.seen))


@blueprint.post("/cases/<number>/order/number")
@staff_only(*AT_A_DESK)
def put_number_right(number: str) -> Answer:
    """Put it right; the wrong one stays findable."""
    paper, form = OrderPaper.read(number), NumberForm()
    if not form.validate():
        return _number_page(paper, form), 422

    def act(session: Session, case: Case, hand: Hand) -> None:
        correct_number(
            session, case, hand, number=form.number.data or "", reason=form.words.data or ""
        )
        # Two people may give two orders the same number at once: the later hears it here.
        session.flush()

    try:
        why = do(paper, form, act)
    except (NumberTaken, IntegrityError):
        form.number.errors = ["另一件来单已经用了这个编号。对一对是不是同一件，在“来单”里按编号找"]
        return _number_page(paper, form), 422
    except SameNumber:
        form.number.errors = ["和现在的编号一样，不用改"]
        return _number_page(paper, form), 422
    except NeedsText:
        form.words.errors = [_EMPTY]
        return _number_page(paper, form), 422
    if why:
        return _number_page(again(number, form), form, why=why), 409
    said = "编号改好了。写错的编号还能找到这一件。"
    return go_to(links().order(number), paper.desk.access.staff_id, said)


def _again_page(paper: OrderPaper, form: SentAgainForm, *, why: str = "") -> str:
    return render_template(
        "admin/orders/again.html",
        case=paper.file.case,
        paper=paper,
        form=form,
        dated=paper.file.case.channel in DATED,
        possible=not paper.is_open,
        why=why or (_NOT_ANSWERED if paper.is_open else ""),
    )


def _number_page(paper: OrderPaper, form: NumberForm, *, why: str = "") -> str:
    return render_template(
        "admin/orders/number.html",
        case=paper.file.case,
        paper=paper,
        form=form,
        possible=True,
        why=why,
    )
