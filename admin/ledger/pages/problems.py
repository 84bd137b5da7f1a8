"""The ledger's pages: the list with totals that reconcile, and one problem."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import current_app, render_template, request

from admin.accounts.guard import signed_in, staff_only
from admin.accounts.own_units import keeps_the_office_s_own
from admin.accounts.reader import Reader
from admin.accounts.reminders import reminders_of
from admin.ledger.allowed import allowed, why_not
from admin.ledger.pages.blueprint import CHECKING_ROLES, PROBLEM_ROLES, blueprint
from admin.ledger.pages.filter_form import FilterForm, day_come_of, named, source_of, state_of
from admin.ledger.pages.panels import panels_of
from admin.ledger.pages.step_pages import STEP_PAGES
from admin.ledger.problem_file import cases_behind, open_file
from admin.ledger.problem_list import Wanted, count_referred, page, totals
from admin.ledger.referring import referral_of
from admin.ledger.sight import find_problem
from admin.ledger.walk import word_of
from portal.foundation import clock
from portal.foundation.database import reading
from portal.published.appearance import appearances_of
from portal.published.result import Result, ResultState

_TABS = (
    ResultState.FOUND,
    ResultState.RECTIFYING,
    ResultState.RECTIFIED,
    ResultState.STRUCK_OFF,
    ResultState.CARRIED_OVER,
    ResultState.UNFOUNDED,
)


@blueprint.get("/problems")
@staff_only(*PROBLEM_ROLES)
def problems() -> str:
    """The problems that one may see, by unit, type and state."""
    with reading() as session:
        reader = Reader.of(session)
        wanted = _wanted(reader)
        counted = totals(session, reader.access, wanted)
        referred = count_referred(session, reader.access, wanted)
        shown = page(session, reader.access, wanted)
        # Whoever has cases is reminded above these; a checker's work begins here.
        asked = () if reader.access.desks else reminders_of(session, reader.access, reader.book)
    form = FilterForm(formdata=None, data=_args(wanted))
    form.offer(reader.book)
    tabs = [("全部", _address(wanted, state=None), counted.found, wanted.state is None)]
    tabs += [
        (word_of(state), _address(wanted, state=state), counted.of(state), wanted.state is state)
        for state in _TABS
    ]
    return render_template(
        "admin/ledger/problems.html",
        book=reader.book,
        office=reader.access.as_office,
        checks=bool(signed_in().units_as(*CHECKING_ROLES)),
        at_a_desk=bool(reader.access.desks),
        reminders=asked,
        form=form,
        chips=_chips(reader, wanted),
        tabs=tabs,
        totals=counted,
        referred=referred,
        page=shown,
        today=clock.today(),
        flash_messages=_done(request.args.get("done", "")),
        next_href=_address(wanted, before=shown.next_before) if shown.next_before else None,
        first_href=_address(wanted) if wanted.before else None,
    )


@blueprint.get("/problems/<number>")
@staff_only(*PROBLEM_ROLES)
def problem(number: str) -> str:
    """One problem: facts, measures with evidence, what may be done now, and what happened."""
    with reading() as session:
        reader = Reader.of(session)
        found = find_problem(session, reader.access, number)
        office = keeps_the_office_s_own(reader.book, reader.access, found.unit_code)
        return render_template(
            "admin/ledger/problem.html",
            book=reader.book,
            office=office,
            file=open_file(session, found, reader.access.fieldwork),
            problem=found,
            cases=cases_behind(session, found, reader.access) if office else [],
            steps=allowed(session, found, reader.hand()),
            why_not=why_not(session, found, reader.hand()),
            published=session.get(Result, found.number),
            appearances=appearances_of(session, f"/results/{found.number}"),
            referral=referral_of(session, found) if office else None,
            panels=panels_of(session, reader, found),
            pages=STEP_PAGES,
            today=clock.today(),
            flash_messages=_done(request.args.get("done", "")),
        )


def _wanted(reader: Reader) -> Wanted:
    """What the address narrows the list to; what it names wrongly is left out."""
    units = reader.book.units if reader.access.as_office else ()
    return Wanted(
        unit=named(units, request.args.get("unit")),
        problem_type=named(reader.book.problem_types, request.args.get("type")),
        source=source_of(request.args.get("source")),
        state=state_of(request.args.get("state")),
        day_come=day_come_of(request.args.get("due")),
        before=request.args.get("before"),
    )


def _address(wanted: Wanted, **changed: Any) -> str:
    """The list's address with something changed; without `before`, its first page."""
    args = _args(wanted) | changed
    query = urlencode({name: str(value) for name, value in args.items() if value})
    address: str = current_app.extensions["links"].problems()
    return f"{address}?{query}" if query else address


def _args(wanted: Wanted) -> dict[str, Any]:
    """What the list is narrowed to, by the words of its address and the fields of its form."""
    return {
        "unit": wanted.unit,
        "type": wanted.problem_type,
        "source": wanted.source,
        "state": wanted.state,
        "due": wanted.day_come,
    }


def _chips(reader: Reader, wanted: Wanted) -> list[tuple[str, str]]:
    """The chosen filters, each with the address that takes it away."""
    chips = []
    if wanted.unit:
        chips.append((reader.book.units[wanted.unit].name, _address(wanted, unit=None)))
    if wanted.problem_type:
        kind = reader.book.problem_types[wanted.problem_type]
        chips.append((f"{kind.code} {kind.plain_text}", _address(wanted, type=None)))
    if wanted.source:
        chips.append((wanted.source.official, _address(wanted, source=None)))
    if wanted.day_come:
        chips.append((wanted.day_come.official, _address(wanted, due=None)))
    return chips


_MARKED = {
    "once": "这张表刚才已经记进去了，没有再记一遍。",
    "sheet": "表格里的问题都记入台账了。",
    "refer": "移送已记下。",
    "add-case": "来件已并进来。",
}


def _done(name: str) -> list[str]:
    if name in _MARKED:
        return [_MARKED[name]]
    if name == "new":
        return ["已记入台账，责任单位现在能看到。"]
    return [STEP_PAGES[name].done] if name in STEP_PAGES else []
