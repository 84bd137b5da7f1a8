"""Plain files in a folder of which another process may have made links to elsewhere.

Whoever backs up may read more than the public process, which writes into these folders; so no link
is followed, neither as a file nor as a folder, and nothing is waited for.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from admin.backup.refused import Refused

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
# What the kernel says of a link, and of a socket.
_NO_FILE = {errno.ELOOP, errno.ENXIO}


class NotPlain(Exception):
    """There is something of that name, and it isn't a plain file."""


@contextmanager
def plain_folder(path: Path) -> Iterator[int | None]:
    """A folder, in which files are opened by its handle; None where there is none.

    Raises:
        Refused: it is a link, or no folder.
    """
    try:
        handle = os.open(path, _FOLDER)
    except FileNotFoundError:
        yield None
        return
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENOTDIR}:
            raise Refused(f"{path} is a link, or no folder; links aren't followed.") from None
        raise
    try:
        yield handle
    finally:
        os.close(handle)


def plain_file(folder: int, name: str) -> BinaryIO:
    """A file of a folder.

    Raises:
        FileNotFoundError: it is gone.
        NotPlain: it is a link or a folder, or something that isn't read as a file is.
    """
    try:
        handle = os.open(name, _FILE, dir_fd=folder)
    except OSError as error:
        if error.errno in _NO_FILE:
            raise NotPlain(name) from None
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotPlain(name)
    return os.fdopen(handle, "rb")
