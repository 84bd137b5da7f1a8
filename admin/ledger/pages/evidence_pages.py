"""The files of a problem, for exactly those who read its words."""

from __future__ import annotations

from flask import current_app

from admin.accounts.reader import Reader
from admin.files.file_pages import serve_files
from admin.ledger.ledger_texts import files_of
from admin.ledger.pages.blueprint import PROBLEM_ROLES, blueprint
from admin.ledger.sight import find_problem
from intake.attachments.stored_file import StoredFile
from portal.foundation.database import reading


def _find(name: str, number: str) -> StoredFile | None:
    with reading() as session:
        access = Reader.of(session).access
        problem = find_problem(session, access, number)
        files = files_of(session, problem, access.fieldwork)
    return next((one for those in files.values() for one in those if one.stored == name), None)


def _back(number: str) -> tuple[str, str]:
    return current_app.extensions["links"].problem(number), number


serve_files(blueprint, "/problems/<number>", *PROBLEM_ROLES, find=_find, back=_back)
