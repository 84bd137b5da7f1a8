"""How this site reads a posted form: nothing that a citizen sends ever touches the disk.

Werkzeug spools an upload of more than 500 KB to a temporary file in the clear. Citizens can't send
files yet, so their bytes are let go as they arrive, and the words beside them are kept. A view that
takes a spreadsheet says so (`portal.foundation.uploads`); that one file stays in memory.
"""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

from flask import Request

from portal.foundation.uploads import most_file_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

# The largest words that are taken are far smaller (see intake.pages.forms); what is longer must
# still come back to its writer with an explanation, so it has to be read first.
_MOST_FORM_BYTES = 8 * 1024 * 1024
_MOST_BODY_BYTES = 64 * 1024 * 1024


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
    """A request whose files go nowhere, but for one where the view takes it, and whose forms are
    bounded."""

    max_form_memory_size = _MOST_FORM_BYTES
    max_form_parts = 200

    def __init__(
        self, environ: WSGIEnvironment, populate_request: bool = True, shallow: bool = False
    ) -> None:
        super().__init__(environ, populate_request, shallow)
        # Only a body with files may be larger than its fields: any other is read as a whole.
        has_files = self.mimetype == "multipart/form-data"
        self.max_content_length = _MOST_BODY_BYTES if has_files else _MOST_FORM_BYTES
        self._took_file = False

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        most = 0 if self._took_file else most_file_bytes(self.endpoint)
        self._took_file = True
        return _UpTo(most) if most else _Nowhere()
