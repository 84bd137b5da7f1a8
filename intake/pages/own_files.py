"""A file of a reporter's own case, saved by whoever holds the code."""

from __future__ import annotations

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue

from intake import correspondence, progress
from intake.attachments.store import FileIsGone
from intake.pages.blueprint import blueprint
from intake.pages.forms import SaveFileForm
from intake.pages.own_case import READABLE
from intake.pages.tries import not_too_often
from portal.foundation.database import reading
from portal.foundation.downloads import download
from portal.foundation.errors import error_page
from portal.foundation.logs import log_error


@blueprint.post("/progress/file")
def save_file() -> ResponseReturnValue:
    """One file, by its number on the page of the case."""
    not_too_often()
    form = SaveFileForm(request.form)
    if not form.validate():
        abort(form.refusal)
    with reading() as session:
        found = progress.look_up(session, str(form.query_code.data))
        letters = (
            letter
            for case in found.all
            for letter in correspondence.read_as_reporter(session, case, found.reporter, READABLE)
        )
        one = next(
            (x for letter in letters for x in letter.files if x.file.stored == form.file.data), None
        )
    if one is None:
        raise progress.UnknownCode
    file = one.file
    pieces = current_app.extensions["files"].pieces(file.stored, file.key, file.size)
    return download(pieces, file.file_name, file.size)


@blueprint.errorhandler(FileIsGone)
def file_is_gone(error: FileIsGone) -> ResponseReturnValue:
    """What to do where a file can't be opened."""
    log_error(error)
    return error_page(410)
