"""Which view takes a file, and how large a one, or files that belong to a case. All others let
files go as they arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

_View = TypeVar("_View", bound=Callable[..., Any])


def takes_file(most_bytes: int) -> Callable[[_View], _View]:
    """Let one file of a request stay in memory for this view. Of a larger one a byte more than the
    most is kept, so that the view sees that it was too large."""

    def declare(view: _View) -> _View:
        view.most_file_bytes = most_bytes  # type: ignore[attr-defined]  # read by the request
        return view

    return declare


def uploaded_file() -> bytes:
    """The file that a form of `templates/macros/upload.html` sent; empty where none was chosen."""
    file = request.files.get("file")
    return file.read() if file else b""


def most_file_bytes(endpoint: str | None) -> int:
    """How large a file the view of an endpoint takes; 0 for nearly all of them."""
    view = current_app.view_functions.get(endpoint or "")
    found: int = getattr(view, "most_file_bytes", 0)
    return found


def takes_attachments(view: _View) -> _View:
    """Let the files of a request be sealed as they arrive, for this view."""
    view.takes_attachments = True  # type: ignore[attr-defined]  # read by the request
    return view


def attachments_are_taken(endpoint: str | None) -> bool:
    """Whether the view of an endpoint takes files that belong to a case."""
    view = current_app.view_functions.get(endpoint or "")
    return bool(getattr(view, "takes_attachments", False))
