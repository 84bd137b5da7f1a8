"""Folders whose entries must outlive a power cut, and may be shared by two users."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Put a folder's own list of files onto the disk: a file that was renamed into it may else be
    gone after a power cut.

    Raises:
        OSError: the disk doesn't take it.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder that its group may use, on the disk, unless it is there.

    Raises:
        OSError: the disk doesn't take it. It isn't there then, so that the next one tries again.
    """
    if folder.exists():
        return
    folder.mkdir(mode=0o770, exist_ok=True)
    try:
        sync_folder(folder.parent)
    except OSError:
        with suppress(OSError):
            folder.rmdir()
        raise


def begin_database(file: Path) -> None:
    """Make an empty file for a database of SQLite, unless one is there: SQLite's own could be read
    by the group and not written, so that of two users who share a folder one is locked out. What
    can't be made SQLite says itself."""
    with suppress(OSError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o660))
