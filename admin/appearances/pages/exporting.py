"""Everything that is published, in one file."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, current_app, render_template

from admin.accounts.guard import staff_only
from admin.appearances.exporting import export
from admin.appearances.pages.blueprint import blueprint
from admin.publishing.desk import PUBLISHING_ROLES
from admin.publishing.pages.room import publisher
from portal.foundation import clock
from portal.foundation.database import reading
from portal.foundation.downloads import download
from portal.foundation.text import as_stored
from portal.open_data.files import as_word


@blueprint.get("/publishing/export.zip")
@staff_only(*PUBLISHING_ROLES)
def export_of_published() -> Response:
    """The file."""
    with reading() as session:
        me = publisher(session)
        site = current_app.extensions["settings"].public_url
        page = partial(_filled, campaign=me.book.campaign)
        packed = export(session, me.book, page=page, site=site)
    return download([packed], f"已公布的-{clock.today():%Y%m%d}.zip", len(packed))


def _filled(name: str, **what: Any) -> str:
    return render_template(
        f"admin/appearances/exported_{name}.html", as_stored=as_stored, as_word=as_word, **what
    )
