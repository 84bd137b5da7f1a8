"""How this site reads a posted form: nothing that a citizen sends ever touches the disk.

Werkzeug spools an upload of more than 500 KB to a temporary file in the clear. Here the files of a
case are sealed while they arrive, in the views that take them (`portal.foundation.uploads`); one
spreadsheet stays in memory, in the views that take that; all other files are let go, and the words
beside them are kept.
"""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, cast

from flask import Request, current_app

from intake.attachments.upload import MOST_FILE_BYTES, MOST_FILES, Allotment, Upload
from portal.foundation.uploads import attachments_are_taken, most_file_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

# The largest words that are taken are far smaller (see intake.pages.forms); what is longer must
# still come back to its writer with an explanation, so it has to be read first.
_MOST_FORM_BYTES = 8 * 1024 * 1024
_MOST_BODY_BYTES = 64 * 1024 * 1024
# Ten files of the largest size, each with some bytes too many, still bring their words.
_MOST_ATTACHED_BYTES = 2 * MOST_FILES * MOST_FILE_BYTES


class _Nowhere(io.BytesIO):
    """Takes bytes and keeps none of them."""

    def write(self, data: object) -> int:
        """Let the bytes go."""
        return len(data)  # type: ignore[arg-type]  # Werkzeug writes bytes only.


class _UpTo(io.BytesIO):
    """Takes bytes and keeps so many of them, and one more, which tells that there were others."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: object) -> int:
        """Keep what there is room for."""
        length = len(data)  # type: ignore[arg-type]  # Werkzeug writes bytes only.
        room = self._most + 1 - self.tell()
        super().write(memoryview(data)[: max(0, room)])  # type: ignore[arg-type]  # The same.
        return length


class FormRequest(Request):
    """A request whose files are sealed as they come where the view takes them, and else go nowhere;
    its forms are bounded."""

    max_form_memory_size = _MOST_FORM_BYTES
    max_form_parts = 200

    def __init__(
        self, environ: WSGIEnvironment, populate_request: bool = True, shallow: bool = False
    ) -> None:
        super().__init__(environ, populate_request, shallow)
        self._took_file = False
        self._allotment = Allotment()

    @property
    def max_content_length(self) -> int | None:
        """Only a body with files may be larger than its fields: any other is read as a whole. What
        is too much of files is let go as it comes, so that the words beside them are kept."""
        if self.mimetype != "multipart/form-data":
            return _MOST_FORM_BYTES
        return _MOST_ATTACHED_BYTES if attachments_are_taken(self.endpoint) else _MOST_BODY_BYTES

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        """It hangs on the view, and nobody else sets it."""
        raise AttributeError

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if filename and attachments_are_taken(self.endpoint):
            return cast(IO[bytes], Upload(current_app.extensions["files"], self._allotment))
        most = 0 if self._took_file else most_file_bytes(self.endpoint)
        self._took_file = True
        return _UpTo(most) if most else _Nowhere()
