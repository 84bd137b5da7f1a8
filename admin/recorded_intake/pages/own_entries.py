"""The list of one's own entries, and one of them. Whatever isn't one's own doesn't exist."""

from __future__ import annotations

from flask import abort, current_app, render_template, request

from admin.accounts.access import Access, NoSuchCase
from admin.accounts.guard import signed_in, staff_only
from admin.recorded_intake.entries import PAGE_SIZE, read_entry, read_page
from admin.recorded_intake.pages.blueprint import RECORDING_ROLES, blueprint
from intake.cases.case import RECORDED_CHANNELS
from portal.campaign.book import book
from portal.foundation.database import reading


@blueprint.get("/recorded")
@staff_only(*RECORDING_ROLES)
def entries() -> str:
    """A page of one's own entries."""
    asked = request.args
    with reading() as session:
        access = Access.of(signed_in(), book(session))
        page = read_page(
            session, access, before=asked.get("before", ""), after=asked.get("after", "")
        )
    here = current_app.extensions["links"].recorded()
    return render_template(
        "admin/recorded_intake/entries.html",
        channels=RECORDED_CHANNELS,
        entries=page.entries,
        previous=f"{here}?before={page.before}" if page.before else None,
        next=f"{here}?after={page.after}" if page.after else None,
        a_page=PAGE_SIZE,
    )


@blueprint.get("/recorded/<number>")
@staff_only(*RECORDING_ROLES)
def entry(number: str) -> str:
    """One of one's own entries, to be told to somebody who asks for it by its number."""
    with reading() as session:
        access = Access.of(signed_in(), book(session))
        try:
            found = read_entry(session, access, number)
        except NoSuchCase:
            abort(404)
    return render_template("admin/recorded_intake/entry.html", entry=found)
