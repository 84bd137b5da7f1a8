"""The auditor's page: what happened, when and by whom; no words, no names of citizens."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, current_app, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.guard import signed_in, staff_only
from admin.hand_over.hearing import waiting_for_hand_over
from admin.system.event_list import (
    HEAD,
    MOST_IN_FILE,
    TooMany,
    all_events,
    page_of_events,
)
from admin.system.pages.blueprint import blueprint
from admin.system.pages.forms import EventForm
from admin.system.pages.told_alarms import sentences_for
from portal.campaign.book import book
from portal.foundation.address_numbers import page_number
from portal.foundation.database import reading
from portal.foundation.links import Links
from portal.foundation.spreadsheets import csv_file
from portal.foundation.staff import Role, Staff

Answer = str | tuple[str, int]


@blueprint.get("/events")
@staff_only(Role.AUDITOR)
def events() -> Answer:
    """Events, the newest first, fifty on a page; of one person, sort, case or time where that is
    asked for."""
    with reading() as session:
        form = _form(session)
        if not form.validate():
            return _page(session, form), 422
        return _page(session, form)


@blueprint.get("/events.csv")
@staff_only(Role.AUDITOR)
def events_file() -> Response | tuple[str, int]:
    """The same as a file, all pages of it."""
    with reading() as session:
        form = _form(session)
        if not form.validate():
            return _page(session, form), 422
        try:
            rows = all_events(session, signed_in(), book(session), form.wanted)
        except TooMany:
            form.first.errors = [f"超过{MOST_IN_FILE}行，请写一段短一点的日期，再下载"]
            return _page(session, form), 422
    return Response(
        csv_file([HEAD, *rows]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="events.csv"'},
    )


def _form(session: Session) -> EventForm:
    people = session.scalars(select(Staff).order_by(Staff.display_name, Staff.id))
    return EventForm(request.args, people)


def _page(session: Session, form: EventForm) -> str:
    """The page; of a form that is wrong, with no events."""
    page, staff, found = page_number(request.args.get("page")), signed_in(), book(session)
    listed = None if form.errors else page_of_events(session, staff, found, form.wanted, page=page)
    links: Links = current_app.extensions["links"]
    return render_template(
        "admin/system/events.html",
        form=form,
        head=HEAD,
        rows=listed.rows if listed else [],
        page=page,
        newer=_address(links.events(), page - 1) if page > 1 else None,
        older=_address(links.events(), page + 1) if listed and listed.has_older else None,
        file=_address(f"{links.events()}.csv"),
        alarms=waiting_for_hand_over(session, staff, found),
        unusual=sentences_for(session, staff, found),
    )


def _address(path: str, page: int = 1) -> str:
    """An address with what is asked for."""
    asked = {name: value for name, value in request.args.items() if name != "page" and value}
    query = urlencode(asked | ({"page": str(page)} if page > 1 else {}))
    return f"{path}?{query}" if query else path
