"""Who read how many cases on a day, and which; and whom others should ask."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from flask import current_app, render_template, request

from admin.accounts.day_counts import day_counts
from admin.accounts.guard import signed_in, staff_only
from admin.system.pages.blueprint import blueprint
from admin.system.pages.forms import DayForm
from admin.system.pages.told_alarms import sentence, sentence_on_refusals
from admin.system.readings import Overseer, alarms_since, cases_read, month_ago, read_on
from admin.system.refusals_seen import refused_often
from portal.campaign.book import book
from portal.foundation import clock
from portal.foundation.database import reading
from portal.foundation.staff import Role

_DAY = timedelta(days=1)


@blueprint.get("/readings")
@staff_only(Role.AUDITOR, Role.OFFICE_HEAD, Role.DISCIPLINE)
def readings() -> str | tuple[str, int]:
    """A day's reading, person by person; one person's list where that is asked for."""
    form = DayForm(request.args)
    wrong = not form.validate()
    on = clock.today() if wrong else form.on.data or clock.today()
    if not wrong:
        form.on.data = on
    with reading() as session:
        overseer = Overseer.of(signed_in(), book(session))
        people = read_on(session, overseer, on) if overseer.reads and not wrong else []
        often = refused_often(session, overseer, day_counts(), month_ago())
        who = next((one for one in people if str(one.staff_id) == request.args.get("who")), None)
        page = render_template(
            "admin/system/readings.html",
            form=form,
            on=on,
            today=clock.today(),
            reads=overseer.reads,
            audits=overseer.audits,
            told=[sentence(one) for one in alarms_since(session, overseer, month_ago())],
            often=[sentence_on_refusals(one) for one in often],
            people=people,
            who=who,
            numbers=cases_read(session, overseer, on, who.staff_id) if who else [],
            address=_address,
            before=on - _DAY,
            after=on + _DAY if on < clock.today() else None,
        )
    return (page, 422) if wrong else page


def _address(on: date, who: int | None = None) -> str:
    """The page of another day, or of one person on it."""
    asked = {"on": on.isoformat()} | ({"who": str(who)} if who else {})
    path: str = current_app.extensions["links"].readings()
    return f"{path}?{urlencode(asked)}"
