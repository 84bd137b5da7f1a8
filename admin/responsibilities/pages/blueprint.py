"""The blueprint that these pages hang on, and the editor behind a request."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.frame import room
from admin.accounts.guard import signed_in
from admin.responsibilities.checks import span_words
from admin.responsibilities.table import NoSuchRow, Table
from portal.foundation.errors import error_page
from portal.foundation.staff import Role

# What it is called where the words of a basis are compared with every case.
DESK = "responsibilities"
OFFICE_ROLES = (Role.OFFICE, Role.OFFICE_HEAD)

blueprint = room("responsibilities", __name__)
blueprint.add_app_template_filter(span_words, "span_words")


@dataclass(frozen=True)
class Editor:
    """Somebody of the office with the table before him."""

    access: Access
    table: Table

    @classmethod
    def of(cls, session: Session, *, to_change: bool = False) -> Editor:
        """Whoever is signed in; for whoever isn't of the office of this campaign, the page doesn't
        exist."""
        table = Table.read(session, to_change=to_change)
        access = Access.of(signed_in(), table.book)
        if not access.as_office:
            abort(404)
        return cls(access, table)


@blueprint.errorhandler(NoSuchRow)
def not_there(_error: NoSuchRow) -> Response:
    """A row that nobody added."""
    return error_page(404)
