"""Giving a request that accuses nobody to the office: one button of its page."""

from __future__ import annotations

from flask import abort, redirect, request

from admin.accounts.guard import staff_only
from admin.rights.giving_back import give_back
from admin.rights.pages.blueprint import (
    WHY,
    Answer,
    blueprint,
    keeper,
    links,
    the_request,
    whole,
)
from admin.rights.pages.one_request import request_page
from admin.rights.refusals import NotTheirs
from portal.foundation.database import writing
from portal.foundation.staff import Role


@blueprint.post("/personal-information/<number>/office")
@staff_only(Role.DISCIPLINE)
def give_to_office(number: str) -> Answer:
    """Give it to the office."""
    try:
        with writing() as session:
            me, _ = keeper(session)
            found = the_request(session, me, number, to_change=True)
            give_back(session, found, by=me, version=whole(request.form.get("version")))
    except NotTheirs:
        abort(404)
    except tuple(WHY) as refusal:
        return request_page(number, why=WHY[type(refusal)]), 409
    return redirect(f"{links().rights_requests()}?done=given", 303)
