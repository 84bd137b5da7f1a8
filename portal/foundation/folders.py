"""Folders whose entries must outlive a power cut."""

from __future__ import annotations

import os
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
