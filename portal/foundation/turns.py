"""Whose turn it is to write to SQLite, over all threads and processes of one machine.

SQLite's own waiting is unfair, and whoever waits there for long is refused. Here the threads of one
process wait for each other without waking, and of each process one at most asks at the files. Who
holds the second file is next, so that a process with many who wait doesn't keep all others from it.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.foundation.database_busy import DatabaseBusy

_ASKS_AGAIN_AFTER = 0.001
_FOR_EVER = float("inf")


class Turns:
    """The turns at one database. `folder` is where it lies; the files there are never removed."""

    def __init__(self, folder: Path) -> None:
        self._write_file = folder / "write.lock"
        self._next_file = folder / "next.lock"
        self._threads = threading.Lock()

    @contextmanager
    def turn(self, within: float | None) -> Iterator[None]:
        """Hold a turn, for which one waits so many seconds at most, or for ever.

        Raises:
            DatabaseBusy: it didn't come.
        """
        last_moment = _FOR_EVER if within is None else time.monotonic() + within
        if not self._threads.acquire(timeout=-1 if within is None else within):
            raise DatabaseBusy
        try:
            with _open(self._write_file) as write:
                with _open(self._next_file) as following:
                    _lock(following, last_moment)
                    _lock(write, last_moment)
                yield
        finally:
            self._threads.release()


@contextmanager
def _open(path: Path) -> Iterator[int]:
    """A file whose lock goes when it is closed, or when its process is killed."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o660)
    try:
        yield handle
    finally:
        os.close(handle)


def _lock(handle: int, last_moment: float) -> None:
    # The kernel's own queue knows no end, and whoever stood in it would always be before those who
    # can't wait for ever: so all ask again and again.
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > last_moment:
                raise DatabaseBusy from None
            time.sleep(_ASKS_AGAIN_AFTER)
        else:
            return
