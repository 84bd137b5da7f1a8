"""The blueprint that these pages hang on, and the case that a request is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import abort, current_app, redirect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin.accounts.access import NoSuchCase
from admin.accounts.frame import room
from admin.desk.case_file import CaseFile, read_case
from admin.desk.hand import Hand, NeedsSecondPerson, SomebodyWasFaster
from admin.desk.pages import done
from admin.desk.pages.desk import Desk
from admin.documents.document_file import Sheet, kinds_to_begin, sheets_of
from intake.rules.formal_documents import DocumentKind
from portal.foundation.database import reading
from portal.foundation.links import Links

blueprint = room("documents", __name__)
Answer = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Papers:
    """A case with its documents before somebody at a desk."""

    desk: Desk
    file: CaseFile
    sheets: Sequence[Sheet]
    to_begin: Sequence[DocumentKind]

    @classmethod
    def read(cls, number: str) -> Papers:
        """The papers of a case; for whoever may not see it they don't exist."""
        with reading() as session:
            desk = Desk.of(session)
            try:
                file = read_case(session, desk.access, desk.book, number)
            except NoSuchCase:
                abort(404)
            return cls._of(session, desk, file)

    @classmethod
    def _of(cls, session: Session, desk: Desk, file: CaseFile) -> Papers:
        hand = Hand(desk.access, desk.book, file.case.version)
        return cls(
            desk=desk,
            file=file,
            sheets=sheets_of(session, file.case, hand),
            to_begin=kinds_to_begin(session, file.case, hand),
        )

    def sheet(self, key: str) -> Sheet:
        """One of the documents; what isn't there doesn't exist."""
        found = next((one for one in self.sheets if one.document.key == key), None)
        return found if found else abort(404)

    @property
    def context(self) -> dict[str, Any]:
        """What every template of this room shows."""
        return {"case": self.file.case, "file": self.file, "papers": self}


def links() -> Links:
    """Addresses across the parts."""
    found: Links = current_app.extensions["links"]
    return found


def go_to(address: str, desk: Desk, sentence: str) -> Response:
    """Lead to a page that says what was done."""
    said = urlencode({done.FIELD: done.pack(desk.access.staff_id, [sentence])})
    return redirect(f"{address}?{said}", 303)


def why_refused(refusal: Exception) -> str:
    """Why an act wasn't done, for whoever tried it."""
    if isinstance(refusal, SomebodyWasFaster):
        return "您打开这一页以后，这件有了变化。"
    if isinstance(refusal, NeedsSecondPerson):
        return "文书要由另一个人签发，写过的人不能自己签发。"
    return "这份文书现在不能这样办了。"
