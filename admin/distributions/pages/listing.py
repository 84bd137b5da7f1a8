"""The desk for lists of recipients: what waits for a reader, what stands on the site."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import staff_only
from admin.accounts.leaf import Leaf
from admin.distributions.desk_lists import released_lists, waiting_lists
from admin.distributions.pages.blueprint import blueprint
from admin.publishing.desk import PUBLISHING_ROLES
from admin.publishing.pages.room import publisher
from portal.foundation.database import reading


@blueprint.get("/publishing/distributions")
@staff_only(*PUBLISHING_ROLES)
def distributions() -> str:
    """The desk."""
    with reading() as session:
        me = publisher(session)
        return render_template(
            "admin/distributions/distributions.html",
            book=me.book,
            waiting=Leaf.of(waiting_lists(session), "waiting"),
            released=Leaf.of(released_lists(session)),
        )
