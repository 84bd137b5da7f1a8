"""The plan's whole calendar with what has come of it; the office notes what no room tells."""

from __future__ import annotations

from datetime import date

from flask import abort, current_app, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import HiddenField
from wtforms.validators import InputRequired

from admin.accounts.figures import Day
from admin.accounts.guard import staff_only
from admin.accounts.own_units import own_units
from admin.accounts.reader import Reader
from admin.accounts.staff_form import StaffForm
from admin.ledger.pages.blueprint import OFFICE_ROLES
from admin.office.duty_marking import DayNotCome, NoSuchDuty, mark_done, take_mark_back
from admin.office.duty_status import DutyLine, duty_lines
from admin.office.pages.blueprint import blueprint
from portal.foundation import clock
from portal.foundation.database import reading, writing

Answer = str | tuple[str, int] | Response


class DoneForm(StaffForm):
    """On which day a duty was done."""

    key = HiddenField()
    due_on = HiddenField()
    done_on = Day("哪一天完成的", [InputRequired("请写哪一天完成的")])

    @property
    def duty(self) -> tuple[str, date]:
        """The duty's key and the day on which it falls due.

        Raises:
            NoSuchDuty: the day is none.
        """
        try:
            return self.key.data or "", date.fromisoformat(self.due_on.data or "")
        except ValueError:
            raise NoSuchDuty from None


@blueprint.get("/office/plan")
@staff_only(*OFFICE_ROLES)
def plan() -> str:
    """Every duty from the plan's first day to its last, the days in their order."""
    return _page()


@blueprint.post("/office/plan/done")
@staff_only(*OFFICE_ROLES)
def mark_duty() -> Answer:
    """Note that a duty was done, or give the day back that was typed."""
    form = DoneForm()
    if not form.validate():
        return _page(form), 422
    done_on = form.done_on.data
    assert done_on is not None  # noqa: S101  # The form asks for it.
    try:
        with writing() as session:
            reader = Reader.of_the_office(session)
            by, duty = reader.access.staff_id, form.duty
            mark_done(session, by=by, found=reader.book, duty=duty, done_on=done_on)
    except DayNotCome:
        form.done_on.errors = ["这一天还没到"]
        return _page(form), 422
    except NoSuchDuty:
        abort(404)
    return redirect(current_app.extensions["links"].plan_calendar(), 303)


@blueprint.post("/office/plan/<key>/<due_on>/undo")
@staff_only(*OFFICE_ROLES)
def take_duty_mark_back(key: str, due_on: str) -> Answer:
    """Take back that a duty was done."""
    try:
        day = date.fromisoformat(due_on)
        with writing() as session:
            reader = Reader.of_the_office(session)
            take_mark_back(session, by=reader.access.staff_id, key=key, due_on=day)
    except (ValueError, NoSuchDuty):
        abort(404)
    return redirect(current_app.extensions["links"].plan_calendar(), 303)


def _page(typed: DoneForm | None = None) -> str:
    with reading() as session:
        reader = Reader.of_the_office(session)
        days = [day for one in reader.book.dates for day in (one.starts_on, one.ends_on) if day]
        first, last = min(days, default=clock.today()), max(days, default=clock.today())
        own = own_units(reader.book, reader.access)
        lines = duty_lines(session, reader.book, first, last, own)
    return render_template(
        "admin/office/plan.html",
        months=_by_month(lines),
        typed=typed,
        today=clock.today(),
    )


def _by_month(lines: list[DutyLine]) -> dict[str, list[DutyLine]]:
    found: dict[str, list[DutyLine]] = {}
    for one in lines:
        found.setdefault(f"{one.due.on.year}年{one.due.on.month}月", []).append(one)
    return found
