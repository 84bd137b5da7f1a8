"""The blueprint that these pages hang on, and the case that a request is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import abort, current_app, redirect
from werkzeug.wrappers import Response

from admin.accounts.access import NoSuchCase
from admin.accounts.frame import room
from admin.desk.case_file import CaseFile, read_case
from admin.desk.hand import Hand
from admin.desk.pages import done
from admin.desk.pages.desk import Desk
from admin.follow_up.follow_up_file import FollowUpFile, file_of
from portal.foundation.database import reading
from portal.foundation.links import Links

blueprint = room("follow_up", __name__)
Answer = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Asking:
    """A case with its follow-ups before somebody at a desk."""

    desk: Desk
    case_file: CaseFile
    file: FollowUpFile

    @classmethod
    def read(cls, number: str) -> Asking:
        """A case's follow-ups; for whoever may not see it they don't exist."""
        with reading() as session:
            desk = Desk.of(session)
            try:
                found = read_case(session, desk.access, desk.book, number)
            except NoSuchCase:
                abort(404)
            hand = Hand(desk.access, desk.book, found.case.version)
            return cls(desk, found, file_of(session, found.case, hand))

    @property
    def context(self) -> dict[str, Any]:
        """What every template of this room shows of it."""
        return {"case": self.case_file.case, "case_file": self.case_file, "file": self.file}


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found


def go_to(address: str, desk: Desk, sentence: str) -> Response:
    """Lead to a page that says what was done."""
    said = urlencode({done.FIELD: done.pack(desk.access.staff_id, [sentence])})
    return redirect(f"{address}?{said}", 303)
