"""Entering one order: the form, a look at what it becomes, and the case.

The sender's number makes the same form, sent twice, one case; so no address shows anything again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, make_response, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from admin.accounts.access import Access, NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.orders.entering import Entered, enter_alone
from admin.orders.pages.becoming import becoming
from admin.orders.pages.blueprint import ENTERING_ROLES, Clerk, blueprint, go_to, links
from admin.orders.pages.forms import OrderForm
from intake.asking.choices import Choices, choices_now, last_choices
from intake.cases.case import ORDER_CHANNELS, Channel
from portal.foundation.database import database, reading
from portal.foundation.formats import day_with_year
from portal.foundation.uploads import takes_attachments

_TROUBLES = {
    503: "系统一时太忙，还没有登记。请过几分钟，再按一次。",
    500: "我们这里出了问题，还没有登记。请过几分钟，再按一次。",
}


@blueprint.get("/orders/new")
@staff_only(*ENTERING_ROLES)
def new_order() -> Response:
    """The empty form for a sender."""
    clerk = _clerk()
    choices = choices_now()
    return _form_page(clerk, _form(clerk, choices, blank=True), choices)


@blueprint.post("/orders/new")
@takes_attachments
@staff_only(*ENTERING_ROLES)
def enter_order() -> AnyResponse:
    """Show what an order becomes; once that was seen, register it."""
    clerk = _clerk()
    choices = choices_now()
    form = _form(clerk, choices)
    step = request.form.get("step", "check")
    if step == "edit":
        return _form_page(clerk, form, choices)
    if not form.validate():
        return _form_page(clerk, form, choices, status=422)
    if step != "register":
        return _check_page(clerk, form, choices)
    demand = form.demand(clerk.sender(clerk.source, form.chosen_body))
    return _led_on(clerk, enter_alone(database(), form.draft(), demand))


def give_back(status: int) -> Response | None:
    """The form as it was sent, with a sentence that says what to do; made without the database."""
    choices = last_choices()
    asked = request.args.get("source", "")
    if choices is None or status not in _TROUBLES or asked not in ORDER_CHANNELS:
        return None
    form = OrderForm(Channel(asked), choices)
    return _form_page(None, form, choices, status=status, trouble=_TROUBLES[status])


def _clerk() -> Clerk:
    with reading() as session:
        return Clerk.of(session)


def _form(clerk: Clerk, choices: Choices, *, blank: bool = False) -> OrderForm:
    bodies = clerk.audit_bodies(clerk.source)
    return OrderForm(clerk.source, choices, audit_bodies=bodies, blank=blank)


def _form_page(
    clerk: Clerk | None,
    form: OrderForm,
    choices: Choices,
    *,
    status: int = 200,
    trouble: str = "",
) -> Response:
    page = render_template(
        "admin/orders/form.html",
        form=form,
        sources=clerk.sources if clerk else (form.source,),
        home=clerk.home if clerk else links().staff(),
        problem_groups=choices.problem_groups,
        trouble=trouble,
    )
    return make_response(page, status)


def _check_page(clerk: Clerk, form: OrderForm, choices: Choices) -> Response:
    demand = form.demand(clerk.sender(form.source, form.chosen_body))
    with reading() as session:
        (found,) = becoming(session, clerk.access, clerk.book, [(form.draft(), demand)])
    page = render_template(
        "admin/orders/check.html",
        form=form,
        said=[*_whose(clerk, form), *_said(form, choices)],
        becoming=found,
    )
    return make_response(page)


def _whose(clerk: Clerk, form: OrderForm) -> Iterator[tuple[str, str, None]]:
    """Whose clue it is, where there was something to choose."""
    names = dict(clerk.audit_bodies(form.source))
    if form.chosen_body:
        yield "哪个审计机关", names[form.chosen_body], None


def _said(form: OrderForm, choices: Choices) -> Iterator[tuple[str, str, None]]:
    """What was written down besides the words; what was left empty isn't shown."""
    rows: list[tuple[str, Any]] = [
        ("谁的来单", form.source.official),
        ("对方的编号", form.number.data),
        ("交办日期", day_with_year(form.ordered_on.data) if form.ordered_on.data else ""),
        ("答复期限", day_with_year(form.answer_by.data) if form.answer_by.data else "对方没有写"),
        ("哪一类", form.kind_words),
        ("哪项补贴", form.policy.chosen_text),
        ("哪一年的钱", f"{form.fund_year.data}年" if form.fund_year.data else ""),
        ("什么问题", choices.problems.get(form.problem.data or "", "")),
        ("在哪里", form.place.chosen_text),
        ("涉及谁", form.accused.data),
        ("不让单位看到", "是" if form.keep_from_unit.data else ""),
        ("附件", "、".join(one.name for one in form.files.data)),
    ]
    rows += [
        (form[name].label.text, form[name].data)
        for name in ("contact_name", "contact_phone", "on_behalf_of")
    ]
    return ((name, value, None) for name, value in rows if value)


def _led_on(clerk: Clerk, entered: Entered) -> AnyResponse:
    """To the order, where it may be seen; else to the list, which says no more than that it is
    there."""
    number, staff_id = entered.case.number, clerk.access.staff_id
    said = "已登记" if entered.fresh else "这个编号以前登记过，没有再登记"
    with reading() as session:
        seen = may_see(session, clerk.access, number)
    if not clerk.access.as_office:
        return go_to(clerk.home, staff_id, f"{said}。")
    if seen:
        return go_to(links().order(number), staff_id, f"{said}：{number}。")
    return go_to(clerk.home, staff_id, f"{said}。这件由别的单位办，这里看不到。")


def may_see(session: Session, access: Access, number: str) -> bool:
    """Whether a case exists for this person."""
    try:
        find_case(session, access, number)
    except NoSuchCase:
        return False
    return True
