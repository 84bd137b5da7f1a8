"""The reporter's own page: he shows his code, reads how far his case is, adds words, withdraws.

The code travels in forms only: no address, title or cookie ever holds it. A wrong code, an unknown
one and a malformed one get the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from intake import objection, progress, questionnaire
from intake.asking.choices import last_choices
from intake.attachments.stored_file import LeftOut
from intake.pages.blueprint import blueprint
from intake.pages.changing_code import explain
from intake.pages.forms import (
    AnswersForm,
    LookUpForm,
    MoreWordsForm,
    ObjectionForm,
    WithdrawForm,
)
from intake.pages.own_case import Typed, case_page
from intake.pages.own_mistake import mistake_page
from intake.pages.own_request import request_page
from intake.pages.tries import GIVEN_BACK, TooManyTries, count_wrong_code, not_too_often
from intake.progress import CaseIsOver, CodeIsOneTime, Found, UnknownCode
from intake.questionnaire import NotAsked
from intake.rules.lifecycle import MoveNotAllowed
from intake.vault.query_codes import read_code
from portal.campaign.book import last_book
from portal.foundation.database import reading, writing_soon
from portal.foundation.errors import filled_form
from portal.foundation.uploads import takes_attachments

_RECEIVED = "您补充的话收到了。"
_ENDED = "这件已经结束，补充的话没有收下。还有事，请另外写一件，写上这个编号。"
_WITHDRAWN = "撤回了。"
_OBJECTED = "您不同意的理由收到了，换人再看一次。"
_NO_OBJECTION = "现在不能提出异议了：提过了，或者过了日子。还有事，请另外写一件，写上这个编号。"
_ANSWERED = "记下了，谢谢您。"
_NOT_ASKED = "现在不能答了：这件又打开在办，或者能改的日子过了。"
_NOT_ANY_MORE = "这件已经答复或者办完，不用撤回了。"


@blueprint.get("/progress")
def ask_code() -> ResponseReturnValue:
    """The one field."""
    return render_template("intake/ask_code.html", form=LookUpForm(None))


@blueprint.post("/progress")
def case() -> ResponseReturnValue:
    """The case of a code, or whatever else it belongs to. Words that were begun stay in their
    field."""
    not_too_often()
    with reading() as session:
        try:
            found = progress.look_up(session, _code())
        except UnknownCode:
            return _page_of_no_case(session, _code())
        form = _empty_form(words=request.form.get("words", ""))
        return case_page(session, found, Typed(form))


@blueprint.post("/progress/words")
@takes_attachments
def add_words() -> ResponseReturnValue:
    """Add words to a case; the same form twice adds them once."""
    not_too_often()
    form = MoreWordsForm(request.form)
    if not form.validate():
        return _page(form, status=form.refusal)
    try:
        with writing_soon() as session:
            found = progress.look_up(session, _code(), to_change=True)
            progress.add_words(
                session,
                found,
                str(form.words.data),
                str(form.submission_id.data),
                number=_number(),
                files=form.files.data,
            )
    except CaseIsOver:
        return _page(form, note=_ENDED, status=409)
    return _page(_empty_form(), note=_RECEIVED, not_taken=form.files.not_taken)


@blueprint.post("/progress/withdraw")
def withdraw() -> ResponseReturnValue:
    """Say what withdrawing does and ask once more; then withdraw."""
    not_too_often()
    form = WithdrawForm(request.form)
    if "confirmed" not in request.form:
        return _confirmation(form)
    if not form.validate():
        return _confirmation(form, status=form.refusal)
    try:
        with writing_soon() as session:
            found = progress.look_up(session, _code(), to_change=True)
            progress.withdraw(session, found, number=_number())
    except MoveNotAllowed:
        return _page(_empty_form(), note=_NOT_ANY_MORE, status=409)
    return _page(_empty_form(), note=_WITHDRAWN)


@blueprint.post("/progress/object")
def object_to_answer() -> ResponseReturnValue:
    """Object to how a case ended: somebody else looks at it again."""
    not_too_often()
    form = ObjectionForm(request.form)
    if not form.validate():
        return _page(_empty_form(), form, status=form.refusal)
    try:
        with writing_soon() as session:
            found = progress.look_up(session, _code(), to_change=True)
            objection.object_to_answer(session, found, str(form.objection.data), number=_number())
    except CaseIsOver:
        return _page(_empty_form(), form, note=_NO_OBJECTION, status=409)
    return _page(_empty_form(), note=_OBJECTED)


@blueprint.post("/progress/answers")
def answer_questions() -> ResponseReturnValue:
    """Take the answers to how a case was handled."""
    not_too_often()
    form = AnswersForm(request.form)
    if not form.validate():
        return _page(_empty_form(), answering=form, status=form.refusal)
    try:
        with writing_soon() as session:
            found = progress.look_up(session, _code(), to_change=True)
            questionnaire.answer(session, found, form.said(), number=_number())
    except NotAsked:
        return _page(_empty_form(), answering=form, note=_NOT_ASKED, status=409)
    return _page(_empty_form(), note=_ANSWERED)


@blueprint.errorhandler(CodeIsOneTime)
def one_time_code(_error: CodeIsOneTime) -> ResponseReturnValue:
    """Whatever he wanted, he changes the code first."""
    return explain(read_code(_code()))


@blueprint.errorhandler(UnknownCode)
def unknown_code(_error: UnknownCode) -> ResponseReturnValue:
    """The answer to every code that isn't one."""
    count_wrong_code()
    form = LookUpForm(None)
    form.query_code.errors = ["没有查到，请对一对查询码"]
    return render_template("intake/ask_code.html", form=form), 404


@blueprint.errorhandler(TooManyTries)
def too_many_tries(error: TooManyTries) -> ResponseReturnValue:
    """The form that was filled in, to be sent once more, or else how long to wait."""
    page = render_template("intake/wait.html", minutes=-(-error.retry_after // 60))
    answer = filled_form(429) or make_response(page, 429)
    answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def give_back(status: int) -> Response | None:
    """The words that couldn't be added, to be sent once more; made without the database."""
    choices = last_choices()
    if choices is None or status not in GIVEN_BACK:
        return None
    form = MoreWordsForm(request.form)
    form.words.data = form.words.data or request.form.get("objection", "")
    page = render_template(
        "intake/words_again.html", campaign=choices.book.campaign, form=form, status=status
    )
    return make_response(page, status)


def give_answers_back(status: int) -> Response | None:
    """The answers that couldn't be taken, likewise."""
    known = last_book()
    if known is None or status not in GIVEN_BACK:
        return None
    page = render_template(
        "intake/answers_again.html",
        campaign=known.campaign,
        form=AnswersForm(request.form),
        status=status,
    )
    return make_response(page, status)


def _page_of_no_case(session: Session, code: str) -> Response:
    """The page of the mistake on the site, or of the request about one's own information, that a
    code belongs to. Raises UnknownCode."""
    try:
        return mistake_page(session, code)
    except UnknownCode:
        return request_page(session, code)


def _code() -> str:
    return request.form.get("query_code", "")


def _number() -> str:
    """Which of several cases under one code is meant."""
    return request.form.get("case_number", "")


def _empty_form(words: str = "") -> MoreWordsForm:
    return MoreWordsForm(None, query_code=read_code(_code()), words=words)


def _page(
    form: MoreWordsForm,
    objecting: ObjectionForm | None = None,
    *,
    answering: AnswersForm | None = None,
    note: str = "",
    not_taken: Sequence[LeftOut] = (),
    status: int = 200,
) -> Response:
    typed = Typed(form, objecting, answering)
    with reading() as session:
        found = _found(session)
        return case_page(session, found, typed, note=note, not_taken=not_taken, status=status)


def _found(session: Session) -> Found:
    return progress.look_up(session, _code())


def _confirmation(form: WithdrawForm, *, status: int = 200) -> Response:
    with reading() as session:
        found = _found(session)
        case = found.called(_number())
        if not progress.can_withdraw(case):
            return case_page(session, found, Typed(_empty_form()), note=_NOT_ANY_MORE, status=409)
        page = render_template("intake/withdraw.html", form=form, number=case.number, case=case)
    return make_response(page, status)
