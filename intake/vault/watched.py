"""What a key file says, read again when somebody has replaced it: a process that runs for months
learns of a new key without being started again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from portal.foundation.settings import UnusableSetting

_Said = TypeVar("_Said")


class Watched(Generic[_Said]):
    """What `read` makes of a file. Files are replaced, never written into, so that a new one has
    another number on the disk."""

    def __init__(self, file: Path, read: Callable[[], _Said]) -> None:
        self._file, self._read = file, read
        self._seen = self._look()
        self._said = read()

    @property
    def said(self) -> _Said:
        """What the file says now; what it said last, where it can't be read any more."""
        seen = self._look()
        if seen != self._seen:
            try:
                self._said = self._read()
            except UnusableSetting:
                return self._said
            self._seen = seen
        return self._said

    def _look(self) -> tuple[int, int] | None:
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns
