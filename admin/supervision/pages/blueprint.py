"""The blueprint that these pages hang on, and the case that a request is about."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, current_app
from werkzeug.wrappers import Response

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.frame import room
from admin.desk.hand import Hand
from admin.desk.pages.desk import Desk
from admin.supervision.supervision_file import SupervisionFile, file_of
from intake.cases.case import Case
from portal.foundation.database import reading
from portal.foundation.links import Links

blueprint = room("supervision", __name__)
Answer = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Standing:
    """A case before somebody at a desk, with its supervision as it is now."""

    desk: Desk
    file: SupervisionFile

    @classmethod
    def read(cls, number: str) -> Standing:
        """The standing of a case; for whoever may not see it, it doesn't exist."""
        with reading() as session:
            desk = Desk.of(session)
            try:
                case = find_case(session, desk.access, number)
            except NoSuchCase:
                abort(404)
            hand = Hand(desk.access, desk.book, case.version)
            return cls(desk, file_of(session, case, hand))

    @property
    def case(self) -> Case:
        """The case."""
        return self.file.case


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found
