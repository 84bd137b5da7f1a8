"""Loading a year's days in two steps: look at what they change and move, then load them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app, redirect, render_template
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField

from admin.accounts.guard import signed_in, staff_only
from admin.accounts.reader import Reader
from admin.accounts.staff_form import StaffForm
from admin.desk.due_words import CLOCK_WORDS
from admin.ledger.pages.blueprint import OFFICE_ROLES
from admin.office.calendar_change import SomebodyWasFaster, compare, take_over, version_of
from admin.office.calendar_effect import MOST_LOOKED_AT, effect
from admin.office.calendar_sheet import Days, Fault, WrongDays, read_days
from admin.office.pages.blueprint import blueprint
from admin.office.recounting import finish_recount
from admin.office.waiting import MOST
from admin.sheets.uploaded import MOST_BYTES
from portal.foundation import clock
from portal.foundation.database import database, reading, writing
from portal.foundation.formats import day_with_year
from portal.foundation.uploads import takes_file, uploaded_file

# The page waits for the counting no longer than this; the worker does the rest.
_MOST_SECONDS = 5.0
Answer = str | tuple[str, int] | Response


class DaysForm(StaffForm):
    """Days that were looked at, signed, so that exactly they are loaded."""

    checked = HiddenField()


@blueprint.get("/office/calendar/load")
@staff_only(*OFFICE_ROLES)
def load_page() -> str:
    """Ask for a spreadsheet."""
    with reading() as session:
        Reader.of_the_office(session)
    return _ask()


@blueprint.post("/office/calendar/load")
@staff_only(*OFFICE_ROLES)
@takes_file(MOST_BYTES)
def look_at_days() -> Answer:
    """Show what a spreadsheet would change and move, or what is wrong with it; the file isn't
    kept."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        try:
            return _check_page(session, reader, read_days(uploaded_file()))
        except WrongDays as wrong:
            return _ask(wrong.faults), 422


@blueprint.post("/office/calendar/load/save")
@staff_only(*OFFICE_ROLES)
def save_days() -> Answer:
    """Load the days that were looked at, and count as many cases again as there is time for."""
    with reading() as session:
        Reader.of_the_office(session)
    try:
        days, seen = _unpacked(DaysForm().checked.data or "")
    except BadSignature:
        fault = Fault(None, "", "这一页放得太久或者不完整，请重新选表格文件", "")
        return _ask([fault]), 422
    source = f"办公室{day_with_year(clock.today())}装入"
    try:
        with writing() as session:
            take_over(session, days, source=source, by=signed_in().id, seen=seen)
    except SomebodyWasFaster:
        return _look_again(days)
    finish_recount(database(), most_seconds=_MOST_SECONDS)
    year = max(days).year
    address = current_app.extensions["links"].calendar()
    return redirect(f"{address}?year={year}&done=loaded", 303)


def _look_again(days: Days) -> Answer:
    """The same days held against the calendar as it is now, after somebody else changed it."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        return _check_page(session, reader, days, faster=True), 409


def _ask(faults: list[Fault] | None = None) -> str:
    return render_template(
        "admin/office/calendar_load.html", faults=[one.sentence for one in faults or []]
    )


def _check_page(session: Session, reader: Reader, days: Days, **more: Any) -> str:
    change = compare(reader.book.calendar, days)
    data = {"checked": _packed(days, version_of(change.before))}
    return render_template(
        "admin/office/calendar_check.html",
        form=DaysForm(formdata=None, data=data),
        book=reader.book,
        change=change,
        clock_words=CLOCK_WORDS,
        most=MOST,
        looked_at=MOST_LOOKED_AT,
        effect=effect(session, reader.access, reader.book, change),
        **more,
    )


def _packed(days: Days, version: str) -> str:
    rows = [[day.isoformat(), working, name] for day, (working, name) in sorted(days.items())]
    return str(_serializer().dumps({"days": rows, "version": version}))


def _unpacked(checked: str) -> tuple[Days, str]:
    """The days and the version of the calendar that they were held against.

    Raises:
        BadSignature: this isn't what the page gave out to this person.
    """
    found = _serializer().loads(checked)
    days = {date.fromisoformat(day): (working, name) for day, working, name in found["days"]}
    return days, str(found["version"])


def _serializer() -> URLSafeSerializer:
    salt = f"calendar-days|{signed_in().id}"
    return URLSafeSerializer(current_app.secret_key or "", salt=salt)
