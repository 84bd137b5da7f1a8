"""How well the rules route: for the office."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.ledger.pages.blueprint import OFFICE_ROLES
from admin.office.pages.blueprint import blueprint
from admin.office.routing_figures import figures
from portal.foundation.database import reading

_SAID = {
    "kind_right": "哪一类",
    "policy_right": "哪项补贴",
    "problem_right": "什么问题",
    "accused_right": "反映的是谁",
}


@blueprint.get("/office/routing")
@staff_only(*OFFICE_ROLES)
def routing() -> str:
    """Show how often the first decision was right."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        found = figures(session, reader.access)
    by_unit = sorted(found.by_unit.items(), key=lambda one: -one[1].came)
    return render_template(
        "admin/office/routing.html",
        by_channel=sorted(found.by_channel.items()),
        by_unit=[(reader.book.unit_name(code), tally) for code, tally in by_unit],
        corrected=found.corrected,
        said=[(label, found.said.get(name, 0)) for name, label in _SAID.items()],
    )
