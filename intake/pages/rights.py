"""Asking about one's own information without a query code (个人信息权利请求, 个人信息保护法 50):
the form, and the receipt with the code by which the answer is read."""

from __future__ import annotations

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from intake.asking.choices import last_choices
from intake.asking.due_date import DueDate
from intake.cases.rights_request import RightsRequest
from intake.pages.blueprint import blueprint
from intake.pages.rights_forms import CLAUSES, RightsForm
from intake.rights.asking import Asked, ask, code_of, prepare_request
from intake.rights.promise import promised
from portal.campaign.book import Book, book
from portal.campaign.rights_rule import RightsRule
from portal.foundation.database import reading, writing_soon
from portal.foundation.limits import limits

# A number may be drawn twice, and two posts of one form may run side by side.
_TRIES = 3
TROUBLES = {
    429: "同一个网络来得太快了。请等1分钟，再按一次“提交”。",
    503: "系统一时太忙。请过几分钟，再按一次“提交”。",
    500: "我们这里出了问题，不是您的错。请过几分钟，再按一次“提交”。",
}


@blueprint.get("/personal-information/request")
def rights_form() -> Response:
    """The empty form."""
    with reading() as session:
        return _form_page(RightsForm(None), book(session))


@blueprint.post("/personal-information/request")
@limits.guard("report")
def ask_for_rights() -> ResponseReturnValue:
    """Take the request in, or show what was written again, to be mended."""
    form = RightsForm(request.form)
    with reading() as session:
        known = book(session)
        if not form.validate():
            return _form_page(form, known, status=form.refusal)
    made, query_code = _send(form.asked)
    return _receipt(made, query_code, known)


def give_back(status: int) -> Response | None:
    """The form as it was sent, with a sentence that says what to do; made without the database."""
    choices = last_choices()
    if choices is None or status not in TROUBLES:
        return None
    form = RightsForm(request.form)
    return _form_page(form, choices.book, status=status, trouble=TROUBLES[status])


def _send(asked: Asked) -> tuple[RightsRequest, str]:
    """Store it and commit; sent again, it gives the same receipt again."""
    for _ in range(_TRIES - 1):
        try:
            return _send_once(asked)
        except IntegrityError:
            continue
    return _send_once(asked)


def _send_once(asked: Asked) -> tuple[RightsRequest, str]:
    with reading() as session:
        prepared = prepare_request(session, asked)
    with writing_soon() as session:
        request = ask(session, prepared)
        return request, code_of(session, request, asked)


def _form_page(form: RightsForm, known: Book, *, status: int = 200, trouble: str = "") -> Response:
    page = render_template(
        "intake/rights_form.html",
        campaign=known.campaign,
        days=RightsRule.of(known.campaign).days,
        clauses=CLAUSES,
        form=form,
        trouble=trouble,
    )
    return make_response(page, status)


def _receipt(made: RightsRequest, query_code: str, known: Book) -> Response:
    page = render_template(
        "intake/rights_receipt.html",
        campaign=known.campaign,
        number=made.number,
        query_code=query_code,
        due=DueDate.of(promised(made.received_on, known)),
    )
    return make_response(page)
