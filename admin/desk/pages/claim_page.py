"""Taking a case on, stepping aside, and giving it to a colleague: a page each, and doing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk import claiming
from admin.desk.another_officer import AnsweredBefore
from admin.desk.claiming import CantHandleIt, NobodyElse, SomebodyHasIt, Taken
from admin.desk.hand import Hand, NeedsText, SomebodyWasFaster
from admin.desk.pages.blueprint import blueprint
from admin.desk.pages.claim_forms import HINTS
from admin.desk.pages.claim_steps import STEPS, Step, steps_allowed
from admin.desk.pages.desk import Desk
from admin.desk.pages.list_place import back_to, carried, case_address
from intake.cases.case import Case
from intake.rules.lifecycle import MoveNotAllowed
from portal.foundation.database import reading, writing
from portal.foundation.staff import AT_A_DESK

Answer = str | tuple[str, int] | Response
_REFUSALS = (SomebodyHasIt, SomebodyWasFaster, MoveNotAllowed, NobodyElse, CantHandleIt)


@dataclass(frozen=True)
class _Standing:
    """A case as it is now, who has it, and what this person may do about that."""

    desk: Desk
    case: Case
    taken: Taken | None
    people: dict[int, str]

    @property
    def has_it(self) -> bool:
        """Whether this person has taken it on."""
        return self.case.claimed_by == self.desk.access.staff_id

    def allows(self, step: Step) -> bool:
        """Whether this person may take the step."""
        return step in steps_allowed(self.case, self.desk.access, self.taken)


@blueprint.get("/cases/<number>/claim", endpoint="claim")
@staff_only(*AT_A_DESK)
def claim_page(number: str) -> Answer:
    """Say what taking a case on does."""
    return _show(number, STEPS["claim"])


@blueprint.post("/cases/<number>/claim")
@staff_only(*AT_A_DESK)
def do_claim(number: str) -> Answer:
    """Take a case on."""
    return _do(number, STEPS["claim"])


@blueprint.get("/cases/<number>/step-aside", endpoint="step_aside")
@staff_only(*AT_A_DESK)
def step_aside_page(number: str) -> Answer:
    """Ask why."""
    return _show(number, STEPS["step-aside"])


@blueprint.post("/cases/<number>/step-aside")
@staff_only(*AT_A_DESK)
def do_step_aside(number: str) -> Answer:
    """Leave a case to others."""
    return _do(number, STEPS["step-aside"])


@blueprint.get("/cases/<number>/hand-to", endpoint="hand_to")
@staff_only(*AT_A_DESK)
def hand_to_page(number: str) -> Answer:
    """Ask to whom."""
    return _show(number, STEPS["hand-to"])


@blueprint.post("/cases/<number>/hand-to")
@staff_only(*AT_A_DESK)
def do_hand_to(number: str) -> Answer:
    """Give a case to a colleague."""
    return _do(number, STEPS["hand-to"])


def _show(number: str, step: Step) -> Answer:
    standing = _standing(number)
    page = _page(standing, step, _form(standing, step, fresh=True))
    return page if standing.allows(step) else (page, 409)


def _do(number: str, step: Step) -> Answer:
    """Do it and lead back to the list, or give the form back with what was typed."""
    standing = _standing(number)
    form = _form(standing, step)
    if not form.validate():
        return _page(standing, step, form), 422 if standing.allows(step) else 409
    try:
        with writing() as session:
            case = find_case(session, standing.desk.access, number, to_change=True)
            step.run(session, case, Hand(standing.desk.access, standing.desk.book, form.seen), form)
    except NoSuchCase:
        abort(404)
    except NeedsText:
        form.form_errors.append("理由是空的，请写几句")
        return _page(standing, step, form), 422
    except _REFUSALS as refusal:
        standing = _standing(number)
        form.version.data = str(standing.case.version)
        return _page(standing, step, form, why=_why(standing, refusal)), 409
    view = carried(standing.desk.access, standing.desk.book)
    return back_to(view, standing.desk.access.staff_id, [f"{step.done}：{number}。"])


def _standing(number: str) -> _Standing:
    with reading() as session:
        desk = Desk.of(session)
        try:
            case = find_case(session, desk.access, number)
        except NoSuchCase:
            abort(404)
        return _Standing(desk, case, claiming.taken(session, case), _people(session, desk, case))


def _people(session: Session, desk: Desk, case: Case) -> dict[int, str]:
    here = claiming.colleagues(session, case.unit_code)
    return {one: name for one, name in here.items() if one != case.claimed_by}


def _form(standing: _Standing, step: Step, *, fresh: bool = False) -> Any:
    query = carried(standing.desk.access, standing.desk.book).query
    seen = {"version": str(standing.case.version), "list": query}
    form = step.form(formdata=None, data=seen) if fresh else step.form()
    form.offer_people(standing.people, has_it=standing.has_it)
    return form


def _why(standing: _Standing, refusal: Exception) -> str:
    """Why it wasn't done, in words."""
    if isinstance(refusal, NobodyElse):
        return "本单位没有别的人能办这件。要回避，请用“退给办公室”，由办公室另定。"
    if isinstance(refusal, AnsweredBefore):
        return "这件重办，要换人办：办过原来答复的人不能再办，请换一位同事。"
    if isinstance(refusal, CantHandleIt):
        return "这位同事现在不能接这件，请选别人。"
    if standing.taken and not standing.has_it and not isinstance(refusal, MoveNotAllowed):
        return f"您打开这一页以后，这件有了变化：现在由{standing.taken.name}经办。"
    if isinstance(refusal, SomebodyWasFaster):
        return "您打开这一页以后，这件有了变化。"
    return "这件现在不能这样办。"


def _page(standing: _Standing, step: Step, form: Any, *, why: str = "") -> str:
    possible = standing.allows(step)
    if not possible and not why:
        why = "这件现在不能这样办。"
    view = carried(standing.desk.access, standing.desk.book)
    return render_template(
        "admin/desk/claim.html",
        step=step,
        case=standing.case,
        taken=standing.taken,
        form=form,
        hints=HINTS,
        possible=possible,
        why=why,
        back=case_address(standing.case.number, view),
    )
