"""What a notice said each time it was put out, with what changed from one to the next."""

from __future__ import annotations

from flask import render_template

from admin.accounts.guard import staff_only
from admin.notices.notice_list import versions
from admin.notices.pages.blueprint import PARTS, blueprint, the_notice
from admin.publishing.desk import PUBLISHING_ROLES
from admin.publishing.pages.room import publisher
from portal.foundation.database import reading


@blueprint.get("/publishing/notices/<slug>/history")
@staff_only(*PUBLISHING_ROLES)
def notice_history(slug: str) -> str:
    """Every release of it, newest first."""
    with reading() as session:
        me = publisher(session)
        notice = the_notice(session, slug)
        every = versions(session, slug, me.office)
    return render_template("admin/notices/history.html", notice=notice, versions=every, parts=PARTS)
