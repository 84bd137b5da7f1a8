"""Everything that the holder of a code may read of his case, in one file, without any request
(个人信息保护法 45): made while it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue

from intake import progress
from intake.attachments.store import FileIsGone, FileStore
from intake.attachments.stored_file import StoredFile
from intake.pages.blueprint import blueprint
from intake.pages.content_file import Content
from intake.pages.forms import ContentForm
from intake.pages.own_case import own_cases
from intake.pages.tries import not_too_often
from intake.rights.own_request import requests_of
from portal.foundation.archive_stream import archive_stream
from portal.foundation.database import reading
from portal.foundation.downloads import download
from portal.foundation.logs import log_error

_GONE = "这个文件打不开了。请打热线告诉我们。"


@blueprint.post("/progress/content")
def own_content() -> ResponseReturnValue:
    """The archive: a text, the same as JSON, and the files."""
    not_too_often()
    form = ContentForm(request.form)
    if not form.validate():
        abort(form.refusal)
    with reading() as session:
        found = progress.look_up(session, str(form.query_code.data))
        content = Content.of(own_cases(session, found), requests_of(session, found))
        name = f"我的全部内容-{found.case.number}.zip"
    store: FileStore = current_app.extensions["files"]
    return download(archive_stream(_entries(content, store)), name, None)


def _entries(content: Content, store: FileStore) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield "我的全部内容.txt", (content.as_text,)
    yield "我的全部内容.json", (content.as_json,)
    for path, file in content.files:
        yield _entry(path, file, store)


def _entry(path: str, file: StoredFile, store: FileStore) -> tuple[str, Iterable[bytes]]:
    """One file; where it can't be opened, a line that says so, and the others all the same."""
    pieces = store.pieces(file.stored, file.key, file.size)
    try:
        first = next(pieces, b"")
    except FileIsGone as error:
        log_error(error)
        return f"{path}.txt", (_GONE.encode("utf-8-sig"),)
    return path, chain((first,), pieces)
