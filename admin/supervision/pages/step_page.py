"""One step of a supervision: its page, and taking it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk.asking import WrongDay
from admin.desk.hand import Hand, NeedsText, SomebodyWasFaster
from admin.desk.pages import done
from admin.supervision.pages.blueprint import Answer, Standing, blueprint, links
from admin.supervision.pages.forms import hints_of
from admin.supervision.pages.steps import STEPS, Step
from admin.supervision.supervising import NotYourSupervision, NoUsualDate
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation.database import writing
from portal.foundation.staff import AT_A_DESK

_REFUSALS = (SomebodyWasFaster, MoveNotAllowed, NotYourSupervision)
_ABOUT_THE_DAY: dict[type[Exception], str] = {
    WrongDay: "这一天不对：不能是已经过了的日子，改日子只能往后改，最远一年",
    NoUsualDate: "这一种没有平常的天数，请写哪天以前报结果",
}


@blueprint.get("/cases/<number>/supervision/<slug>")
@staff_only(*AT_A_DESK)
def step(number: str, slug: str) -> Answer:
    """Say what a step will do, and ask for what it needs."""
    standing, chosen = Standing.read(number), _step(slug)
    page = _page(standing, chosen, _fresh(standing, chosen))
    return page if slug in standing.file.steps else (page, 409)


@blueprint.post("/cases/<number>/supervision/<slug>")
@staff_only(*AT_A_DESK)
def take_step(number: str, slug: str) -> Answer:
    """Take it, or give the form back with what was typed."""
    standing, chosen = Standing.read(number), _step(slug)
    form = chosen.form()
    if not form.validate():
        return _page(standing, chosen, form), 422 if slug in standing.file.steps else 409
    try:
        with writing() as session:
            case = find_case(session, standing.desk.access, number, to_change=True)
            chosen.run(
                session, case, Hand(standing.desk.access, standing.desk.book, form.seen), form
            )
    except NoSuchCase:
        abort(404)
    except NeedsText:
        form.words.errors = ["这一栏是空的，请写几句"]
        return _page(standing, chosen, form), 422
    except (WrongDay, NoUsualDate) as wrong:
        form.due_on.errors = [_ABOUT_THE_DAY[type(wrong)]]
        return _page(standing, chosen, form), 422
    except _REFUSALS as refusal:
        return _refused(number, chosen, form, refusal), 409
    return _back(standing, chosen)


def _step(slug: str) -> Step:
    return STEPS[slug] if slug in STEPS else abort(404)


def _fresh(standing: Standing, chosen: Step) -> Any:
    """The form as it is opened; why to supervise is chosen already where it was suggested."""
    seen = {"version": str(standing.case.version), "trigger": standing.file.suggested_trigger}
    return chosen.form(formdata=None, data=seen)


def _back(standing: Standing, chosen: Step) -> Response:
    """To the case's supervision, which says what was done."""
    number = standing.case.number
    said = done.pack(standing.desk.access.staff_id, [f"{chosen.done}：{number}。"])
    return redirect(f"{links().supervision(number)}?{urlencode({done.FIELD: said})}", 303)


def _refused(number: str, chosen: Step, form: Any, refusal: Exception) -> str:
    """The page with what was typed and the case as it is now, to look and press again."""
    standing = Standing.read(number)
    form.version.data = str(standing.case.version)
    if isinstance(refusal, NotYourSupervision):
        why = "只有立项的人或者办公室负责人能销督。"
    elif isinstance(refusal, SomebodyWasFaster):
        why = "您打开这一页以后，这件有了变化。"
    else:
        why = "这件现在不能这样办了。"
    return _page(standing, chosen, form, why=why)


def _page(standing: Standing, chosen: Step, form: Any, *, why: str = "") -> str:
    possible = chosen.slug in standing.file.steps
    if not possible and not why:
        why = "这件现在不能这样办。"
    return render_template(
        "admin/supervision/step.html",
        step=chosen,
        case=standing.case,
        file=standing.file,
        form=form,
        hints=hints_of(form, standing.desk.book),
        possible=possible,
        why=why,
        address=request.path,
    )
