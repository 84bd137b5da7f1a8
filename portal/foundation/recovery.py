"""What a database of SQLite finds in its log after everybody was killed may never have reached the
disk: the kernel still shows it, be it that nobody waited for it or that the wait failed. Whoever
was refused then tries again, finds his words there, and is told so; and what is written after them
in the log counts for nothing once they are gone with the power.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path


def put_down_recovered(file: Path) -> None:
    """Write all of the log into the database, wait for both, and begin the log anew. To be done
    before the first process answers anybody; costs nothing where the last one ended in peace. Where
    another process uses the database, that one has done it.

    Raises:
        sqlite3.Error, OSError: the disk doesn't take it: nobody may be answered.
    """
    log = Path(f"{file}-wal")
    if not log.exists():
        return
    with closing(sqlite3.connect(file, timeout=2, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        is_busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not is_busy:
            # SQLite doesn't wait for this: an old log that is back would cover what is newer.
            _wait_for(log)


def _wait_for(log: Path) -> None:
    handle = os.open(log, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
