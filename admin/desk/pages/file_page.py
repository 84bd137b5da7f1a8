"""A file of a case, saved by whoever may read what it came with."""

from __future__ import annotations

from flask import Response, abort, current_app

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk.case_file import READ
from admin.desk.pages.blueprint import blueprint
from admin.desk.pages.desk import Desk
from intake.attachments.store import FileIsGone
from intake.attachments.stored_file import StoredFile
from intake.correspondence import read_as_unit
from portal.foundation.database import reading
from portal.foundation.downloads import download
from portal.foundation.errors import error_page
from portal.foundation.logs import log_error
from portal.foundation.staff import AT_A_DESK


@blueprint.get("/cases/<number>/files/<int:file_id>")
@staff_only(*AT_A_DESK)
def save_file(number: str, file_id: int) -> Response:
    """The file as it is kept: cleaned, or as it came."""
    file = _find(number, file_id)
    pieces = current_app.extensions["files"].pieces(file.stored, file.key, file.size)
    return download(pieces, file.file_name, file.size)


@blueprint.errorhandler(FileIsGone)
def file_is_gone(error: FileIsGone) -> Response:
    """What to do where a file can't be opened."""
    log_error(error)
    return error_page(410)


def _find(number: str, file_id: int) -> StoredFile:
    with reading() as session:
        desk = Desk.of(session)
        try:
            case = find_case(session, desk.access, number)
        except NoSuchCase:
            abort(404)
        letters = read_as_unit(session, case, desk.access.openers, READ)
    found = (one.file for letter in letters for one in letter.files if one.id == file_id)
    return next(found, None) or abort(404)
