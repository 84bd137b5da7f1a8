"""Writing down what somebody asks on paper, at the window or by telephone."""

from __future__ import annotations

from flask import redirect, render_template
from sqlalchemy import select

from admin.accounts.guard import staff_only
from admin.accounts.once import EnteredBefore
from admin.accounts.request_access import requests_visible
from admin.rights.pages.blueprint import Answer, blueprint, go_to, keeper, links
from admin.rights.pages.forms import RecordForm
from admin.rights.recording import record_at_desk
from admin.rights.refusals import KEEPING_ROLES
from intake.cases.rights_request import RightsRequest
from portal.campaign.rights_rule import RightsRule
from portal.foundation import clock
from portal.foundation.database import reading, writing


@blueprint.get("/personal-information/new")
@staff_only(*KEEPING_ROLES)
def new_request() -> str:
    """The empty form."""
    return _page(RecordForm(formdata=None, received_on=clock.today()))


@blueprint.post("/personal-information/new")
@staff_only(*KEEPING_ROLES)
def record_request() -> Answer:
    """Write it down; pressed twice is once."""
    form = RecordForm()
    if not form.validate():
        return _page(form), 422
    try:
        with writing() as session:
            me, _ = keeper(session)
            form.refuse_twice(session)
            made = record_at_desk(session, form.asked(me.staff_id), by=me, proved=form.proof)
            # Its words may accuse whoever wrote it down.
            seen = select(RightsRequest.id).where(RightsRequest.id == made.id, requests_visible(me))
            number = made.number if session.scalar(seen) else ""
    except EnteredBefore:
        return redirect(f"{links().rights_requests()}?done=once", 303)
    if number:
        return go_to(number, "recorded")
    return redirect(f"{links().rights_requests()}?done=recorded", 303)


def _page(form: RecordForm) -> str:
    with reading() as session:
        _, known = keeper(session)
        return render_template(
            "admin/rights/new_request.html", form=form, rule=RightsRule.of(known.campaign)
        )
