"""What is to be filed, and what is."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import current_app, render_template, request

from admin.accounts.guard import staff_only
from admin.desk.entries import names_of_staff
from admin.desk.pages import done
from admin.desk.pages.desk import Desk
from admin.filing import filing_list
from admin.filing.pages.blueprint import DECIDING, blueprint
from portal.foundation.database import reading
from portal.foundation.links import Links


@blueprint.get("/filing")
@staff_only(*DECIDING)
def filing() -> str:
    """The cases that are over, or those that were filed."""
    shows_filed = request.args.get("part") == "filed"
    after = request.args.get("after", "")
    with reading() as session:
        desk = Desk.of(session)
        read = filing_list.filed if shows_filed else filing_list.to_file
        page = read(session, desk.access, desk.book, after)
        waiting = filing_list.count_to_file(session, desk.access, desk.book)
        names = names_of_staff(session)
    most = filing_list.MOST_COUNTED
    count = str(waiting) if waiting <= most else f"{most}+"
    return render_template(
        "admin/filing/filing.html",
        tabs=[
            ("待归档", _address(), count, not shows_filed),
            ("已归档", _address("filed"), None, shows_filed),
        ],
        shows_filed=shows_filed,
        page=page,
        names=names,
        next=_address(request.args.get("part", ""), page.next) if page.next else None,
        first=_address(request.args.get("part", "")) if after else None,
        flash_messages=done.unpack(desk.access.staff_id),
    )


def _address(part: str = "", after: str = "") -> str:
    links: Links = current_app.extensions["links"]
    given = {"part": "filed" if part == "filed" else "", "after": after}
    query = urlencode({name: value for name, value in given.items() if value})
    return links.filing() + (f"?{query}" if query else "")
