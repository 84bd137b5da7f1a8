"""The pages of files that staff may read: each is looked at or saved, wherever it lies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request

from admin.accounts.guard import staff_only
from admin.files.holding import harmful_page
from admin.files.scanned_files import HarmfulFile
from intake.attachments.cleaning import preview
from intake.attachments.refusal import Refusal
from intake.attachments.store import FileIsGone, FileStore
from intake.attachments.stored_file import StoredFile
from portal.foundation.downloads import download
from portal.foundation.errors import error_page
from portal.foundation.logs import log_error
from portal.foundation.staff import Role

# Both are given the arguments of the address of what a file came with.
Find = Callable[..., StoredFile | None]
Back = Callable[..., tuple[str, str]]


def serve_files(
    blueprint: Blueprint, rule: str, *roles: Role, find: Find, back: Back, of: str = "file"
) -> None:
    """Serve the files of what lies under a rule; `of` names their endpoints, where a room has files
    in two places. `find` gives one by the name that it is stored
    under, to whoever may read what it came with, else None or the room's own LookupError; `back`
    is where a reader came from, with its words."""

    def found(name: str, place: dict[str, Any]) -> StoredFile:
        return find(name, **place) or abort(404)

    @blueprint.get(f"{rule}/files/<name>", endpoint=f"save_{of}")
    @staff_only(*roles)
    def save_file(name: str, **place: Any) -> Response:
        """The file as it is kept: cleaned, or as it came."""
        file = found(name, place)
        return download(
            _store().pieces(file.stored, file.key, file.size), file.file_name, file.size
        )

    @blueprint.get(f"{rule}/files/<name>/pages/<int:page>", endpoint=f"look_at_{of}")
    @staff_only(*roles)
    def look_at_file(name: str, page: int, **place: Any) -> str:
        """A page of a PDF, or a picture, on a page of ours. Nothing of the file itself reaches the
        browser, but a picture that was made of it."""
        file = found(name, place)
        if not file.file_type.has_preview or page < 1:
            abort(404)
        here = request.path.rpartition("/pages/")[0]
        address, words = back(**place)
        given = {"file": file, "page": page, "here": here, "back": address, "back_words": words}
        return render_template("admin/files/file.html", **given)

    @blueprint.get(f"{rule}/files/<name>/pages/<int:page>/picture", endpoint=f"picture_of_{of}")
    @staff_only(*roles)
    def picture_of_file(name: str, page: int, **place: Any) -> Response:
        """That picture."""
        return _picture(found(name, place), page)

    blueprint.register_error_handler(FileIsGone, _file_is_gone)


def _picture(file: StoredFile, page: int) -> Response:
    content = _store().whole(file.stored, file.key, file.size)
    folder = current_app.extensions["settings"].database_dir
    picture = preview(content, file.file_type, page, lock_folder=folder)
    if isinstance(picture, Refusal):
        abort(404)
    return Response(picture, mimetype="image/jpeg")


def _file_is_gone(error: FileIsGone) -> Response:
    """What to do where a file can't be opened, or mustn't be."""
    if isinstance(error, HarmfulFile):
        return harmful_page(error)
    log_error(error)
    return error_page(410)


def _store() -> FileStore:
    found: FileStore = current_app.extensions["files"]
    return found
