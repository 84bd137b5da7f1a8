"""Giving a mistake on the site that accuses nobody to the office: one button of its page."""

from __future__ import annotations

from flask import current_app, redirect, request
from werkzeug.wrappers import Response

from admin.accounts.guard import staff_only
from admin.mistakes.answering import AlreadyAnswered
from admin.mistakes.giving_back import give_back
from admin.mistakes.pages.blueprint import answerer, blueprint, the_mistake
from admin.publishing.desk import SomebodyWasFaster
from admin.publishing.pages.room import whole
from portal.foundation.database import writing
from portal.foundation.staff import Role


@blueprint.post("/publishing/mistakes/<number>/office")
@staff_only(Role.DISCIPLINE)
def give_to_office(number: str) -> Response:
    """Give it to the office; whoever comes too late reads what became of it."""
    links = current_app.extensions["links"]
    try:
        with writing() as session:
            me = answerer(session)
            found = the_mistake(session, me, number, to_change=True)
            give_back(session, found, by=me, version=whole(request.form.get("version")))
    except (AlreadyAnswered, SomebodyWasFaster):
        return redirect(links.pointed_out(number), 303)
    return redirect(f"{links.pointed_out()}?done=given", 303)
