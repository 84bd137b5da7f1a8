"""Pointing out a mistake on the site (网站找错): the form, and the receipt with the code by which
the answer is read.

Whoever seems to write about those who read it here is asked once whether he means a web page.
"""

from __future__ import annotations

from flask import Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from intake.asking.choices import last_choices
from intake.asking.due_date import DueDate
from intake.cases.site_mistake import SiteMistake
from intake.mistakes.page_address import path_on_site
from intake.mistakes.promise import promised
from intake.mistakes.reporting import Written, code_of, prepare_mistake, report_mistake
from intake.mistakes.speaking_of_office import may_accuse_readers
from intake.pages.blueprint import blueprint
from intake.pages.forms import MistakeForm
from portal.campaign.book import Book, book
from portal.campaign.mistake_rule import MistakeRule
from portal.foundation.clock import day_of
from portal.foundation.database import reading, writing_soon
from portal.foundation.limits import limits

# A number may be drawn twice, and two posts of one form may run side by side.
_TRIES = 3
_TROUBLES = {
    429: "同一个网络来得太快了。请等1分钟，再按一次“提交”。",
    503: "系统一时太忙。请过几分钟，再按一次“提交”。",
    500: "我们这里出了问题，不是您的错。请过几分钟，再按一次“提交”。",
}


@blueprint.get("/mistakes")
def mistake_form() -> Response:
    """The empty form, with the page filled in where the link says which."""
    page = _path(request.args.get("page", ""))
    with reading() as session:
        return _form_page(MistakeForm(None, page=page), book(session))


@blueprint.post("/mistakes")
@limits.guard("report")
def point_out_mistake() -> ResponseReturnValue:
    """Take the mistake in, or show what was written again, to be mended or to be sent elsewhere."""
    form = MistakeForm(request.form)
    with reading() as session:
        known = book(session)
        if not form.validate():
            return _form_page(form, known, status=form.refusal)
        written = _written(form)
        if "sure" not in request.form and may_accuse_readers(session, written.said):
            return _form_page(form, known, asks=True)
    mistake, query_code = _send(written)
    return _receipt(mistake, query_code, known)


def give_back(status: int) -> Response | None:
    """The form as it was sent, with a sentence that says what to do; made without the database."""
    choices = last_choices()
    if choices is None or status not in _TROUBLES:
        return None
    form = MistakeForm(request.form)
    return _form_page(form, choices.book, status=status, trouble=_TROUBLES[status])


def _path(typed: str) -> str:
    return path_on_site(typed, current_app.extensions["settings"].public_url)


def _written(form: MistakeForm) -> Written:
    typed = form.page.data or ""
    return Written(str(form.words.data), _path(typed) or typed, str(form.submission_id.data))


def _send(written: Written) -> tuple[SiteMistake, str]:
    """Store it and commit; sent again, it gives the same receipt again."""
    for _ in range(_TRIES - 1):
        try:
            return _send_once(written)
        except IntegrityError:
            continue
    return _send_once(written)


def _send_once(written: Written) -> tuple[SiteMistake, str]:
    with reading() as session:
        prepared = prepare_mistake(session, written)
    with writing_soon() as session:
        mistake = report_mistake(session, prepared)
        return mistake, code_of(session, mistake, written)


def _form_page(
    form: MistakeForm, known: Book, *, status: int = 200, trouble: str = "", asks: bool = False
) -> Response:
    page = render_template(
        "intake/mistakes.html",
        campaign=known.campaign,
        office=known.office.name,
        days=MistakeRule.of(known.campaign).days,
        form=form,
        trouble=trouble,
        asks=asks,
    )
    return make_response(page, status)


def _receipt(mistake: SiteMistake, query_code: str, known: Book) -> Response:
    page = render_template(
        "intake/mistake_receipt.html",
        campaign=known.campaign,
        number=mistake.number,
        query_code=query_code,
        due=DueDate.of(promised(day_of(mistake.reported_at), known)),
    )
    return make_response(page)
