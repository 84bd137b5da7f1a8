"""The questionnaire (问卷) behind the code of a slip: the code is typed, the questions answered,
once. No name is asked, no cookie given; nobody reads anything back.

The code travels in forms only. A wrong one, a used one, and one whose time is over get the same
answer.
"""

from __future__ import annotations

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from intake.assessing.answering import UnknownSlip, answer, questions_of
from intake.assessing.questions import COMPLAINED_HINT, Question
from intake.pages.blueprint import blueprint
from intake.pages.questionnaire_form import QuestionnaireForm, SlipForm, questionnaire_form
from intake.pages.tries import GIVEN_BACK, count_wrong_code, not_too_often
from intake.vault.query_codes import read_code
from portal.campaign.book import last_book
from portal.foundation.database import reading, writing_soon


@blueprint.get("/questionnaire")
def ask_slip() -> ResponseReturnValue:
    """The one field."""
    return render_template("intake/ask_slip.html", form=SlipForm(None))


@blueprint.post("/questionnaire")
def questionnaire() -> ResponseReturnValue:
    """The questions of a code."""
    not_too_often()
    with reading() as session:
        questions = questions_of(session, _code())
    form = questionnaire_form(questions, None)
    form.slip_code.data = read_code(_code())
    return _page(form, questions)


@blueprint.post("/questionnaire/answers")
def answer_questionnaire() -> ResponseReturnValue:
    """Take the answers, or give the form back with what was chosen; sent again, they are taken once
    and thanked for again."""
    not_too_often()
    submission = QuestionnaireForm(request.form).submission
    with reading() as session:
        questions = questions_of(session, _code(), submission=submission)
    form = questionnaire_form(questions, request.form)
    if not form.validate():
        return _page(form, questions, status=422)
    with writing_soon() as session:
        answer(session, _code(), form.said(questions), submission=submission)
    return render_template("intake/questionnaire_thanks.html")


@blueprint.errorhandler(UnknownSlip)
def unknown_slip(_error: UnknownSlip) -> ResponseReturnValue:
    """The answer to every code that opens nothing."""
    count_wrong_code()
    form = SlipForm(None)
    form.slip_code.errors = ["没有查到，请对一对。每张条子只能用一次"]
    return render_template("intake/ask_slip.html", form=form), 404


def give_questionnaire_back(status: int) -> Response | None:
    """The answers that couldn't be taken, to be sent once more; made without the database, which
    has the questions."""
    known = last_book()
    if known is None or status not in GIVEN_BACK:
        return None
    page = render_template(
        "intake/questionnaire_again.html",
        campaign=known.campaign,
        status=status,
        kept=[(name, value) for name, value in request.form.items() if len(value) < 200][:40],
    )
    return make_response(page, status)


def _code() -> str:
    return request.form.get("slip_code", "")


def _page(
    form: QuestionnaireForm, questions: tuple[Question, ...], *, status: int = 200
) -> Response:
    page = render_template(
        "intake/questionnaire.html",
        form=form,
        fields=[form[f"q{place}"] for place in range(len(questions))],
        complained_hint=COMPLAINED_HINT,
    )
    return make_response(page, status)
