"""A file of a case, looked at or saved by whoever may read what it came with."""

from __future__ import annotations

from flask import Response, abort, current_app, render_template

from admin.accounts.access import NoSuchCase, find_case
from admin.accounts.guard import staff_only
from admin.desk.case_file import READ
from admin.desk.pages.blueprint import blueprint
from admin.desk.pages.desk import Desk
from intake.attachments.cleaning import preview
from intake.attachments.refusal import Refusal
from intake.attachments.store import FileIsGone, FileStore
from intake.attachments.stored_file import StoredFile
from intake.correspondence import read_as_unit
from portal.foundation.database import reading
from portal.foundation.downloads import download
from portal.foundation.errors import error_page
from portal.foundation.logs import log_error
from portal.foundation.staff import AT_A_DESK


@blueprint.get("/cases/<number>/files/<name>")
@staff_only(*AT_A_DESK)
def save_file(number: str, name: str) -> Response:
    """The file as it is kept: cleaned, or as it came."""
    file = _find(number, name)
    return download(_store().pieces(file.stored, file.key, file.size), file.file_name, file.size)


@blueprint.get("/cases/<number>/files/<name>/pages/<int:page>")
@staff_only(*AT_A_DESK)
def look_at_file(number: str, name: str, page: int) -> str:
    """A page of a PDF, or a picture, on a page of ours. Nothing of the file itself reaches the
    browser, but a picture that was made of it."""
    file = _find(number, name)
    if not file.file_type.has_preview or page < 1:
        abort(404)
    return render_template("admin/desk/file.html", number=number, file=file, page=page)


@blueprint.get("/cases/<number>/files/<name>/pages/<int:page>/picture")
@staff_only(*AT_A_DESK)
def picture_of_file(number: str, name: str, page: int) -> Response:
    """That picture."""
    file = _find(number, name)
    content = _store().whole(file.stored, file.key, file.size)
    folder = current_app.extensions["settings"].database_dir
    picture = preview(content, file.file_type, page, lock_folder=folder)
    if isinstance(picture, Refusal):
        abort(404)
    return Response(picture, mimetype="image/jpeg")


@blueprint.errorhandler(FileIsGone)
def file_is_gone(error: FileIsGone) -> Response:
    """What to do where a file can't be opened."""
    log_error(error)
    return error_page(410)


def _store() -> FileStore:
    found: FileStore = current_app.extensions["files"]
    return found


def _find(number: str, name: str) -> StoredFile:
    with reading() as session:
        desk = Desk.of(session)
        try:
            case = find_case(session, desk.access, number)
        except NoSuchCase:
            abort(404)
        letters = read_as_unit(session, case, desk.access.openers, READ)
    found = (one.file for letter in letters for one in letter.files if one.file.stored == name)
    return next(found, None) or abort(404)
