"""The list of declarations, with the sums of each unit and the campaign's last day."""

from __future__ import annotations

from datetime import date

from flask import render_template, request

from admin.accounts.guard import staff_only
from admin.declarations.declaration_list import MOST, Asked, in_all, lines, totals
from admin.declarations.keeper import ROLES, Keeper
from admin.declarations.months import months_until
from admin.declarations.pages.blueprint import blueprint, keeper
from admin.declarations.pages.forms import month_name
from portal.campaign.declaration_rule import DeclarationRule
from portal.foundation import clock
from portal.foundation.database import reading


@blueprint.get("/declarations")
@staff_only(*ROLES)
def declarations() -> str:
    """What was declared and paid back, by unit, then entry by entry."""
    with reading() as session:
        me = keeper(session)
        asked = _asked(me)
        sums = totals(session, me, first=asked.month, last=asked.month)
        shown = lines(session, me, asked)
    return render_template(
        "admin/declarations/declarations.html",
        book=me.book,
        me=me,
        asked=asked,
        rule=DeclarationRule.of(me.book.campaign),
        today=clock.today(),
        months=months_until(me.book, clock.today()),
        month_name=month_name,
        sums=sums,
        in_all=in_all(sums.values()),
        lines=shown,
        most=MOST,
    )


def _asked(me: Keeper) -> Asked:
    """What the address asks for; what nobody knows narrows nothing down."""
    unit, month = request.args.get("unit", ""), request.args.get("month", "")
    known = {f"{one:%Y-%m}": one for one in months_until(me.book, clock.today())}
    found: date | None = known.get(month)
    return Asked(unit if unit in {one.code for one in me.writes_of} else None, found)
