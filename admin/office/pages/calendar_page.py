"""The calendar of working days: how far it is known, and each year's days out of the ordinary."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from flask import Response, render_template, request
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.guard import staff_only
from admin.accounts.reader import Reader
from admin.ledger.pages.blueprint import OFFICE_ROLES
from admin.office.calendar_effect import tentative
from admin.office.calendar_sheet import HEADINGS
from admin.office.pages.blueprint import blueprint
from admin.office.recounting import is_counting
from admin.office.waiting import MOST
from portal.foundation import clock
from portal.foundation.calendar_loading import FIRST_YEAR
from portal.foundation.database import reading
from portal.foundation.spreadsheets import XLSX, without_moments
from portal.foundation.workdays import CalendarDay

_DONE = {"loaded": "放假安排已装入，期限按新的日历算。"}


def weekday_of(day: date) -> str:
    """星期一 to 星期日."""
    return "星期" + "一二三四五六日"[day.weekday()]


def counted(number: int) -> str:
    """A number of cases, which isn't counted past `MOST`."""
    return f"{MOST}+" if number > MOST else str(number)


blueprint.add_app_template_filter(weekday_of, "weekday_of")
blueprint.add_app_template_filter(counted, "counted")


@blueprint.get("/office/calendar")
@staff_only(*OFFICE_ROLES)
def calendar() -> str:
    """Show how far the calendar is known, and one year of it."""
    with reading() as session:
        reader = Reader.of_the_office(session)
        known_to = reader.book.calendar.known_to
        year = _year(known_to.year)
        return render_template(
            "admin/office/calendar.html",
            known_to=known_to,
            year=year,
            years=range(known_to.year, FIRST_YEAR - 1, -1),
            days=_days_of(session, year),
            tentative=tentative(session, reader.access, reader.book),
            counting=is_counting(session),
            flash_messages=[
                _DONE[done] for done in [request.args.get("done", "")] if done in _DONE
            ],
        )


@blueprint.get("/office/calendar/template.xlsx")
@staff_only(*OFFICE_ROLES)
def calendar_template() -> Response:
    """A spreadsheet to fill in, for the first year that isn't known."""
    with reading() as session:
        year = Reader.of_the_office(session).book.calendar.known_to.year + 1
    name = f"calendar-{year}.xlsx"
    return Response(
        _workbook(year),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _year(last: int) -> int:
    """The year that the address names, else this one, as far as the calendar reaches."""
    asked = request.args.get("year", clock.today().year, type=int)
    return min(max(asked, FIRST_YEAR), last)


def _days_of(session: Session, year: int) -> list[CalendarDay]:
    """A year's days, without the one that only bounds it."""
    wanted = select(CalendarDay).where(
        CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
    )
    found = session.scalars(wanted.order_by(CalendarDay.day))
    return [one for one in found if one.name or one.working != (one.day.weekday() < 5)]


def _workbook(year: int) -> bytes:
    workbook = Workbook()
    sheet: Any = workbook.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  # A new workbook has one.
    sheet.title = f"{year}年放假安排"
    sheet.append(list(HEADINGS.values()))
    # The one day that is off in every year shows how a row is written.
    sheet.append([date(year, 1, 1), "否", "元旦"])
    sheet.cell(2, 1).number_format = "yyyy-mm-dd"
    for place in range(1, len(HEADINGS) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 16
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    workbook.save(file)
    return without_moments(file)
