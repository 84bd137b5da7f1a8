"""Writing a key file: whole or not at all, readable by those who need it only."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from portal.foundation.folders import sync_folder


def write_whole(file: Path, text: str, *, replace: bool = False) -> None:
    """Write a key file whole or not at all, and onto the disk; one that is there stays unless it is
    to be replaced."""
    # A name of its own: what somebody left who was killed can't be written into.
    beside = file.with_name(f"{file.name}.{secrets.token_hex(4)}.new")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _rights_in(file.parent))
        with os.fdopen(handle, "w") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        if replace:
            os.replace(beside, file)
        else:
            # A link fails where the file exists by now, so that two first starts can't swap keys
            # under each other.
            with suppress(FileExistsError):
                os.link(beside, file)
    finally:
        beside.unlink(missing_ok=True)
    # What is sealed from now on must not outlive its key.
    sync_folder(file.parent)


def _rights_in(folder: Path) -> int:
    """The group reads as well where `deploy/folders` shares the folder with it."""
    shared = stat.S_ISGID | stat.S_IXGRP
    return 0o440 if folder.stat().st_mode & shared == shared else 0o400
