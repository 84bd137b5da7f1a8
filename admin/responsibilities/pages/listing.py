"""The list: every row, those in force first, narrowed to a unit or a policy."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from flask import current_app, render_template, request

from admin.accounts.guard import staff_only
from admin.responsibilities.pages.blueprint import OFFICE_ROLES, Editor, blueprint
from admin.responsibilities.pages.forms import FilterForm
from admin.responsibilities.row_lines import When, in_reading_order, line_of, when_of
from admin.responsibilities.table import Table, names_of
from portal.campaign.responsibility import Responsibility
from portal.foundation.address_numbers import page_number
from portal.foundation.database import reading

_A_PAGE = 40
_DONE = {
    "new": "已加一行。",
    "replace": "已换单位。",
    "end": "已停用。",
    "import": "已按表格改好。",
}


@blueprint.get("/responsibilities")
@staff_only(*OFFICE_ROLES)
def responsibilities() -> str:
    """Who is in charge of what, since when, on what basis, and who said so."""
    with reading() as session:
        table = Editor.of(session).table
        form = FilterForm(request.args)
        form.offer(table)
        rows = [row for row in table.rows if _is_wanted(row, form)]
        when, page = _when(), page_number(request.args.get("page"))
        counts = Counter(when_of(row, table.today) for row in rows)
        shown = in_reading_order(
            (row for row in rows if when_of(row, table.today) is when), table.book
        )[(page - 1) * _A_PAGE : page * _A_PAGE]
        names = names_of(session, shown)
    return render_template(
        "admin/responsibilities/list.html",
        form=form,
        when=when,
        lines=[line_of(row, table.book, names) for row in shown],
        tabs=[(one.official, _address(form, one), counts[one], one is when) for one in When],
        chips=_chips(table, form, when),
        previous=_address(form, when, page - 1) if page > 1 else None,
        next=_address(form, when, page + 1) if counts[when] > page * _A_PAGE else None,
        a_page=_A_PAGE,
        flash_messages=[_DONE[done] for done in [request.args.get("done", "")] if done in _DONE],
    )


def _when() -> When:
    asked = request.args.get("when")
    return When(asked) if asked in set(When) else When.NOW


def _is_wanted(row: Responsibility, form: FilterForm) -> bool:
    """Whether the row is of the unit, and holds for the policy: also by holding for all."""
    fits_unit = not form.wanted_unit or row.unit_code == form.wanted_unit
    return fits_unit and (not form.wanted_policy or row.policy_code in {None, form.wanted_policy})


def _address(form: FilterForm, when: When, page: int = 1, **changed: str) -> str:
    """The list's address; an empty `unit` or `policy` takes that filter away."""
    args: dict[str, Any] = {
        "unit": form.wanted_unit,
        "policy": form.wanted_policy,
        "when": "" if when is When.NOW else when,
        "page": page if page > 1 else "",
        **changed,
    }
    query = urlencode({name: str(value) for name, value in args.items() if value})
    address: str = current_app.extensions["links"].in_charge()
    return f"{address}?{query}" if query else address


def _chips(table: Table, form: FilterForm, when: When) -> list[tuple[str, str]]:
    """The chosen filters, each with the address that takes it away."""
    book, chips = table.book, []
    if form.wanted_unit:
        chips.append((book.unit_name(form.wanted_unit), _address(form, when, unit="")))
    if form.wanted_policy:
        name = book.policies[form.wanted_policy].name
        chips.append((name, _address(form, when, policy="")))
    return chips
