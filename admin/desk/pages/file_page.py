"""A file of a case, looked at or saved by whoever may read what it came with."""

from __future__ import annotations

from flask import current_app

from admin.accounts.access import NoSuchCase, find_case
from admin.desk.case_file import READ
from admin.desk.pages.blueprint import blueprint
from admin.desk.pages.desk import Desk
from admin.files.file_pages import serve_files
from intake.attachments.stored_file import StoredFile
from intake.correspondence import read_as_unit
from portal.foundation.database import reading
from portal.foundation.staff import AT_A_DESK


def _find(name: str, number: str) -> StoredFile | None:
    with reading() as session:
        desk = Desk.of(session)
        try:
            case = find_case(session, desk.access, number)
        except NoSuchCase:
            return None
        letters = read_as_unit(session, case, desk.access.openers, READ)
    found = (one.file for letter in letters for one in letter.files if one.file.stored == name)
    return next(found, None)


def _back(number: str) -> tuple[str, str]:
    return current_app.extensions["links"].case(number), number


serve_files(blueprint, "/cases/<number>", *AT_A_DESK, find=_find, back=_back)
