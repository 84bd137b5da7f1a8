"""Sees which files are opened to write in: Python tells whoever listens.

What a library of C does by itself isn't told, such as SQLite with the files of its database.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_listening: list[list[str]] = []


@contextmanager
def files_opened_to_write() -> Iterator[list[str]]:
    """The files that are opened in the block to write in; of a nameless one its folder."""
    _listening.append([])
    try:
        yield _listening[-1]
    finally:
        _listening.pop()


def _note(event: str, about: tuple[Any, ...]) -> None:
    if event == "open" and _listening and about[2] & (os.O_WRONLY | os.O_RDWR):
        _listening[-1].append(str(about[0]))


sys.addaudithook(_note)
