"""One file is cleaned at a time on a machine, whatever processes and threads wait: so many people
may send pictures at once, and the memory of one child is enough."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT_SECONDS = 10.0
_LOOK_AGAIN_SECONDS = 0.02
_LOCK = "cleaning.lock"


@contextmanager
def our_turn(folder: Path | None, *, seconds: float = WAIT_SECONDS) -> Iterator[bool]:
    """Wait for the turn, and say whether it came. Without a folder it is always ours."""
    if folder is None:
        yield True
        return
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
    except OSError:
        # A full disk: files can wait, words can't.
        yield False
        return
    try:
        # Each opening is a holder of its own, so that threads wait for each other as well; whoever
        # dies lets go.
        yield _taken(lock, time.monotonic() + seconds)
    finally:
        os.close(lock)


def _taken(lock: int, last_moment: float) -> bool:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() >= last_moment:
                return False
            time.sleep(_LOOK_AGAIN_SECONDS)
        else:
            return True
