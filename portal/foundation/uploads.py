"""Which view takes a file, and how large a one. All others let files go as they arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app

_View = TypeVar("_View", bound=Callable[..., Any])


def takes_file(most_bytes: int) -> Callable[[_View], _View]:
    """Let one file of a request stay in memory for this view. Of a larger one a byte more than the
    most is kept, so that the view sees that it was too large."""

    def declare(view: _View) -> _View:
        view.most_file_bytes = most_bytes  # type: ignore[attr-defined]  # read by the request
        return view

    return declare


def most_file_bytes(endpoint: str | None) -> int:
    """How large a file the view of an endpoint takes; 0 for nearly all of them."""
    view = current_app.view_functions.get(endpoint or "")
    found: int = getattr(view, "most_file_bytes", 0)
    return found
