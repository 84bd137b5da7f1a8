"""The office's list of orders, looking one up by its sender's number, and noting for several at
once that their senders have their answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from flask import render_template, request
from sqlalchemy import Row
from sqlalchemy.orm import Session

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk.due_words import Left, left_until
from admin.desk.hand import Hand, NeedsText, SomebodyWasFaster
from admin.desk.pages import done
from admin.orders.answering import WrongDay, answer_order
from admin.orders.order_list import MOST_COUNTED, PAGE_SIZE, Tab, Wanted, read_counts, read_page
from admin.orders.pages.blueprint import OFFICE_ROLES, Answer, Clerk, blueprint, go_to, links
from admin.orders.pages.forms import AnsweredForm, FindForm
from intake.cases.case import ORDER_CHANNELS, Case, Channel
from intake.cases.order import Order
from intake.order_number import formerly_numbered, number_of, order_numbered
from intake.rules.lifecycle import MoveNotAllowed
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.database import reading, writing

BOX = "order"


@dataclass(frozen=True)
class Line:
    """One order of the list. `box_value` is what its box sends: the case's number with the version
    that was seen."""

    number: str
    box_value: str
    their_number: str
    source: str
    kind: str
    state: str
    unit: str
    ordered_on: date
    wanted_by: date | None
    left: Left
    answered_on: date | None


@blueprint.get("/orders")
@staff_only(*OFFICE_ROLES)
def orders() -> str:
    """A page of the orders."""
    with reading() as session:
        clerk = Clerk.of_the_office(session)
        return _page(session, clerk, Wanted.read(request.args))


@blueprint.post("/orders/find")
@staff_only(*OFFICE_ROLES)
def find_order() -> Answer:
    """Lead to the order of a number. Where it isn't this person's to see, there is none."""
    form = FindForm()
    with reading() as session:
        clerk = Clerk.of_the_office(session)
        if not form.validate():
            return _page(session, clerk, Wanted(), find=form), 422
        found = _found(session, clerk, Channel(form.source.data), form.number.data or "")
        if found is None:
            form.number.errors = ["没有这个编号的来单。看看是谁的来单、编号对不对"]
            return _page(session, clerk, Wanted(), find=form), 422
    return go_to(links().order(found), clerk.access.staff_id, "找到了。")


@blueprint.post("/orders/answered")
@staff_only(*OFFICE_ROLES)
def answer_several() -> Answer:
    """Note that the senders of the chosen orders have what was replied to their writers."""
    form = AnsweredForm()
    with reading() as session:
        clerk = Clerk.of_the_office(session)
        wanted = Wanted.read(dict(parse_qsl((form.list.data or "")[:300])))
        wrong = _wrong_with(form)
        if wrong:
            return _page(session, clerk, wanted, why=wrong, answered=form), 422
    on = form.on.data or clock.today()
    chosen = request.form.getlist(BOX)[:PAGE_SIZE]
    noted = sum(_answer_one(clerk, value, on) for value in chosen)
    said = f"已记下{noted}件报回。"
    if noted < len(chosen):
        said += f"有{len(chosen) - noted}件没有记：有了变化、还没有答复来件人，或者这一天早于交办。"
        said += "请打开看一看。"
    return go_to(f"{links().orders()}?{wanted.query}", clerk.access.staff_id, said)


def _found(session: Session, clerk: Clerk, source: Channel, number: str) -> str | None:
    """The case of a number as it stands now, else of one that was put right since."""
    order = order_numbered(session, source, number)
    former = formerly_numbered(session, source, number)
    for case_id in [*([order.case_id] if order else []), *(one.case_id for one in former)]:
        try:
            case = session.get_one(Case, case_id)
            return find_case(session, clerk.access, case.number).number
        except NoSuchCase:
            continue
    return None


def _wrong_with(form: AnsweredForm) -> str:
    """What keeps orders from being noted as answered; nothing, as a rule."""
    if not form.validate() or form.on.data is None:
        return "请写哪天报回的，要这样写：2022-06-20。"
    if form.on.data > clock.today():
        return "报回的日子还没有到，请写已经报回的日子。"
    return "" if request.form.getlist(BOX) else "还没有选。勾上已经报回的来单，再按一次。"


def _answer_one(clerk: Clerk, value: str, on: date) -> bool:
    """Whether one order could be noted as answered."""
    number, _, version = value.partition(".")
    seen = int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0
    try:
        with writing() as session:
            case = find_case(session, clerk.access, number, to_change=True)
            answer_order(session, case, Hand(clerk.access, clerk.book, seen), on=on)
    except (NoSuchCase, SomebodyWasFaster, MoveNotAllowed, NeedsText, WrongDay):
        return False
    return True


def _page(
    session: Session,
    clerk: Clerk,
    wanted: Wanted,
    *,
    find: FindForm | None = None,
    answered: AnsweredForm | None = None,
    why: str = "",
) -> str:
    page, counts = (
        read_page(session, clerk.access, wanted),
        read_counts(session, clerk.access, wanted),
    )
    here = links().orders()
    first = AnsweredForm(formdata=None, data={"list": wanted.query, "on": clock.today()})
    return render_template(
        "admin/orders/orders.html",
        wanted=wanted,
        lines=[_line(session, row, clerk.book) for row in page.rows],
        tabs=[
            (tab.official, f"{here}?{wanted.but(tab=tab).query}", _counted(n), tab is wanted.tab)
            for tab, n in counts.items()
        ],
        sources=_sources(wanted),
        previous=f"{here}?{_at(wanted, before=page.before)}" if page.before else None,
        next=f"{here}?{_at(wanted, after=page.after)}" if page.after else None,
        a_page=PAGE_SIZE,
        to_pick=wanted.tab is Tab.READY and bool(page.rows),
        find=find or FindForm(formdata=None),
        form=answered or first,
        box=BOX,
        picked=set(request.form.getlist(BOX)),
        why=why,
        flash_messages=done.unpack(clerk.access.staff_id),
    )


def _line(session: Session, row: Row[Any], book: Book) -> Line:
    order: Order = row.Order
    return Line(
        number=row.number,
        box_value=f"{row.number}.{row.version}",
        their_number=number_of(session, order),
        source=order.source.official,
        kind=row.kind.official,
        state=row.state.official,
        unit=book.unit_name(row.unit_code),
        ordered_on=order.ordered_on,
        wanted_by=order.wanted_by,
        left=left_until(order.answer_by, clock.today(), book, in_working_days=False),
        answered_on=order.answered_on,
    )


def _sources(wanted: Wanted) -> list[tuple[str, str, bool]]:
    here = links().orders()
    every = [("全部", f"{here}?{wanted.but(source=None).query}", wanted.source is None)]
    return every + [
        (one.official, f"{here}?{wanted.but(source=one).query}", wanted.source is one)
        for one in ORDER_CHANNELS
    ]


def _at(wanted: Wanted, **cursor: Any) -> str:
    return wanted.but(**cursor).query


def _counted(number: int) -> str:
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)
