"""Holding a package against the digest that was recorded when it was filed. The file stays locked,
and nothing of it is kept."""

from __future__ import annotations

from flask import render_template, request

from admin.accounts.guard import staff_only
from admin.desk.pages.desk import Desk
from admin.filing.filing_list import Checked, check_package
from admin.filing.pages.blueprint import DECIDING, blueprint
from portal.foundation.database import reading
from portal.foundation.uploads import takes_file

_MOST_BYTES = 20 * 1024 * 1024


@blueprint.get("/filing-check")
@staff_only(*DECIDING)
def check() -> str:
    """Ask for the file."""
    return _page()


@blueprint.post("/filing-check")
@staff_only(*DECIDING)
@takes_file(_MOST_BYTES)
def check_file() -> str | tuple[str, int]:
    """Say whether it is what was filed."""
    file = request.files.get("file")
    content = file.read(_MOST_BYTES + 1) if file else b""
    if not content:
        return _page(why="请先选文件。"), 422
    if len(content) > _MOST_BYTES:
        return _page(why="文件太大了，归档的密封包没有这么大。"), 422
    with reading() as session:
        desk = Desk.of(session)
        checked = check_package(session, desk.access, desk.book, content)
    return _page(checked)


def _page(checked: Checked | None = None, *, why: str = "") -> str:
    return render_template("admin/filing/check.html", checked=checked, why=why)
