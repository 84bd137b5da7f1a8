"""The auditor's page: what happened, when and by whom; no words, no names of citizens."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from admin.accounts.guard import signed_in, staff_only
from admin.hand_over.hearing import waiting_for_hand_over
from admin.system.event_list import page_of_events
from admin.system.pages.blueprint import blueprint
from portal.campaign.book import book
from portal.foundation.address_numbers import page_number
from portal.foundation.database import reading
from portal.foundation.staff import Role


@blueprint.get("/events")
@staff_only(Role.AUDITOR)
def events() -> ResponseReturnValue:
    """Events, the newest first, fifty on a page."""
    page = page_number(request.args.get("page"))
    with reading() as session:
        staff, found = signed_in(), book(session)
        listed = page_of_events(session, staff, found, page=page)
        return render_template(
            "admin/system/events.html",
            rows=listed.rows,
            newer=page - 1,
            older=page + 1 if listed.has_older else None,
            alarms=waiting_for_hand_over(session, staff, found),
        )
