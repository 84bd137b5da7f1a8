"""Asking about one's own information on the page of one's own case: the query code says who
asks."""

from __future__ import annotations

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from intake import progress
from intake.pages.blueprint import blueprint
from intake.pages.forms import MoreWordsForm
from intake.pages.own_case import Typed, case_page
from intake.pages.rights_forms import CLAUSES, OwnRightsForm
from intake.pages.tries import GIVEN_BACK, not_too_often
from intake.rights.asking import Asked, ask, prepare_request
from intake.vault.query_codes import read_code
from portal.campaign.book import Book, book, last_book
from portal.campaign.rights_rule import RightsRule
from portal.foundation.database import reading, writing_soon
from portal.foundation.limits import limits

# A number may be drawn twice, and two posts of one form may run side by side.
_TRIES = 3
_RECEIVED = "您的个人信息请求收到了，答复也在这一页看。"
_TROUBLES = {
    429: "试的次数太多了，请等一等，再按一次“提交”。",
    503: "系统一时太忙。请过几分钟，再按一次“提交”。",
    500: "我们这里出了问题，不是您的错。请过几分钟，再按一次“提交”。",
}


@blueprint.post("/progress/rights")
def own_rights_form() -> ResponseReturnValue:
    """The empty form, for whoever shows his code."""
    not_too_often()
    code = request.form.get("query_code", "")
    with reading() as session:
        progress.look_up(session, code)
        return _form_page(OwnRightsForm(None, query_code=read_code(code)), book(session))


@blueprint.post("/progress/rights/request")
@limits.guard("report")
def ask_for_own_rights() -> ResponseReturnValue:
    """Take the request in, or show what was written again, to be mended."""
    not_too_often()
    form = OwnRightsForm(request.form)
    code = str(form.query_code.data)
    with reading() as session:
        progress.look_up(session, code)
        if not form.validate():
            return _form_page(form, book(session), status=form.refusal)
    _send(code, form.asked)
    with reading() as session:
        found = progress.look_up(session, code)
        typed = Typed(MoreWordsForm(None, query_code=read_code(code)))
        return case_page(session, found, typed, note=_RECEIVED)


def give_back(status: int) -> Response | None:
    """The form as it was sent, with a sentence that says what to do; made without the database."""
    known = last_book()
    if known is None or status not in GIVEN_BACK:
        return None
    form = OwnRightsForm(request.form)
    return _form_page(form, known, status=status, trouble=_TROUBLES[status])


def _send(code: str, asked: Asked) -> None:
    """Store it and commit; sent again, it is there once."""
    for _ in range(_TRIES - 1):
        try:
            return _send_once(code, asked)
        except IntegrityError:
            continue
    return _send_once(code, asked)


def _send_once(code: str, asked: Asked) -> None:
    with reading() as session:
        prepared = prepare_request(session, asked, found=progress.look_up(session, code))
    with writing_soon() as session:
        ask(session, prepared)


def _form_page(
    form: OwnRightsForm, known: Book, *, status: int = 200, trouble: str = ""
) -> Response:
    page = render_template(
        "intake/own_rights_form.html",
        campaign=known.campaign,
        days=RightsRule.of(known.campaign).days,
        clauses=CLAUSES,
        form=form,
        trouble=trouble,
    )
    return make_response(page, status)
