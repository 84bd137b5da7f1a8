"""The desk's notices: what waits for a reader, what stands on the site, what was withdrawn."""

from __future__ import annotations

from flask import render_template, request

from admin.accounts.guard import staff_only
from admin.accounts.leaf import Leaf
from admin.notices.notice_list import all_notices, waiting_notices
from admin.notices.pages.blueprint import blueprint
from admin.publishing.desk import PUBLISHING_ROLES
from admin.publishing.pages.room import publisher
from portal.foundation.database import reading

_WITHDRAWN = "已撤下，公众现在看不到了。"


@blueprint.get("/publishing/notices")
@staff_only(*PUBLISHING_ROLES)
def public_notices() -> str:
    """The list."""
    with reading() as session:
        me = publisher(session)
        waiting, every = waiting_notices(session, me.office), all_notices(session)
    return render_template(
        "admin/notices/notices.html",
        waiting=Leaf.of(waiting, "waiting"),
        standing=Leaf.of([one for one in every if not one.withdrawn_on]),
        withdrawn=Leaf.of([one for one in every if one.withdrawn_on], "withdrawn"),
        flash_messages=[_WITHDRAWN] if request.args.get("done") == "withdrawn" else [],
    )
