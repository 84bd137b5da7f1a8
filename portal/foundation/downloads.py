"""A file that somebody else sent, as it is handed to a browser: to be saved, never to be shown in
the page's own name."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from urllib.parse import quote

from flask import Response


def download(pieces: Iterable[bytes], name: str, size: int | None) -> Response:
    """An answer that is saved under a name; whatever is in it, the browser runs nothing of it. The
    first piece is asked for at once, so that what isn't there is an error of its own. `size` is
    None of what is made while it is sent."""
    rest = iter(pieces)
    answer = Response(chain((next(rest, b""),), rest), mimetype="application/octet-stream")
    safe = quote(name, safe="")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{safe}"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if size is not None:
        answer.content_length = size
    return answer
