"""The list of requests, what is due first at its head, then the record with the counts of a
year."""

from __future__ import annotations

from flask import render_template, request

from admin.accounts.guard import staff_only
from admin.accounts.leaf import Leaf
from admin.accounts.staff_names import names_of
from admin.rights import request_list
from admin.rights.pages.blueprint import blueprint, keeper
from admin.rights.refusals import KEEPING_ROLES
from intake.rules.rights import RightsOutcome
from portal.foundation import clock
from portal.foundation.database import reading

_A_PAGE = 20
_DONE = {
    "once": "刚才已经记过了，没有再记一遍。",
    "given": "已交给办公室答复，这里看不到了。",
    "recorded": "记下了，由能看的单位答复，这里看不到。",
}


@blueprint.get("/personal-information")
@staff_only(*KEEPING_ROLES)
def requests() -> str:
    """The list and the record."""
    done = request.args.get("done", "")
    with reading() as session:
        me, known = keeper(session)
        record = Leaf.of(request_list.decided(session, me, known), a_page=_A_PAGE)
        years = request_list.years(session, me)
        year = _year(request.args.get("year"), years)
        people = {
            one
            for row in record.rows
            for one in (row.request.proposed_by, row.request.decided_by)
            if one
        }
        return render_template(
            "admin/rights/requests.html",
            waiting=Leaf.of(request_list.waiting(session, me, known), "waiting", a_page=_A_PAGE),
            record=record,
            names=names_of(session, people),
            years=years,
            year=year,
            counts=request_list.year_counts(session, me, year),
            outcomes=list(RightsOutcome),
            flash_messages=[_DONE[done]] if done in _DONE else [],
        )


def _year(asked: str | None, years: list[int]) -> int:
    """The year that the address names, if anything was asked in it; else the newest."""
    named = next((one for one in years if str(one) == asked), None)
    return named or (years[0] if years else clock.today().year)
