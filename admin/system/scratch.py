"""The private folder in memory of a running product: nothing of a citizen's may touch the disk, and
nothing of it may stay when its product was killed."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "huimin-run-"
_LOCK = "held.lock"


@contextmanager
def scratch_folder(memory: Path = Path("/dev/shm")) -> Iterator[Path]:  # noqa: S108
    """A private folder, in memory if there is one. Those that were left by products that were
    killed are removed first."""
    place = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
    _sweep(place)
    made = Path(tempfile.mkdtemp(prefix="huimin-new-", dir=place))
    with _held(made, is_new=True):
        # Under the name by which it is swept once nobody holds it.
        folder = made.rename(place / made.name.replace("new", "run", 1))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(place: Path) -> None:
    for folder in place.glob(f"{_PREFIX}*"):
        # An error: somebody uses it, or it is somebody else's.
        with suppress(OSError), _held(folder, is_new=False):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _held(folder: Path, *, is_new: bool) -> Iterator[None]:
    """Hold a folder for as long as this process lives. Raises OSError where another holds it."""
    handle = os.open(folder / _LOCK, os.O_RDWR | (os.O_CREAT if is_new else 0), 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)
