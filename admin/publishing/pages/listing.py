"""The publishing desk: what waits for a reader, what could be drafted, what stands on the site."""

from __future__ import annotations

from flask import render_template, request

from admin.accounts.guard import staff_only
from admin.accounts.leaf import Leaf
from admin.publishing.desk import PUBLISHING_ROLES
from admin.publishing.pages.blueprint import blueprint
from admin.publishing.pages.room import publisher
from admin.publishing.publishing_list import (
    candidates,
    released,
    waiting_drafts,
    withdrawn,
)
from portal.foundation.database import reading
from portal.published.appearance import count_to_take_down

_WITHDRAWN = "已撤下，公众现在看不到了。"


@blueprint.get("/publishing")
@staff_only(*PUBLISHING_ROLES)
def publishing() -> str:
    """The desk."""
    with reading() as session:
        me = publisher(session)
        return render_template(
            "admin/publishing/publishing.html",
            book=me.book,
            waiting=Leaf.of(waiting_drafts(session), "waiting"),
            candidates=Leaf.of(candidates(session), "candidates"),
            released=Leaf.of(released(session)),
            withdrawn=Leaf.of(withdrawn(session), "withdrawn"),
            left=count_to_take_down(session),
            flash_messages=[_WITHDRAWN] if request.args.get("done") == "withdrawn" else [],
        )
