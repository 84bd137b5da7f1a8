"""When each session was last used. Written on GETs, so it lies outside the database, in limits.db.

Losing it costs a sign-in at most: hence no waiting for the disk, and no error when it is away.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from portal.foundation.folders import begin_database

# More often than once a minute tells nothing that a limit of thirty minutes needs.
_GRAIN = timedelta(minutes=1)
_KEPT = timedelta(days=1)
_TABLE = """
CREATE TABLE IF NOT EXISTS last_seen (
    token_hash TEXT PRIMARY KEY,
    seen_at INTEGER NOT NULL
) WITHOUT ROWID
"""


class LastSeen:
    """The last use of every session on this machine."""

    def __init__(self, database_dir: Path) -> None:
        self._file = database_dir / "limits.db"

    def of(self, *token_hashes: str) -> dict[str, datetime]:
        """When the given sessions were last used; those never seen are left out."""
        found: dict[str, datetime] = {}
        with suppress(sqlite3.Error), self._opened() as connection:
            for token_hash in token_hashes:
                row = connection.execute(
                    "SELECT seen_at FROM last_seen WHERE token_hash = ?", (token_hash,)
                ).fetchone()
                if row:
                    found[token_hash] = datetime.fromtimestamp(row[0], UTC)
        return found

    def touch(self, token_hash: str, *, before: datetime | None, now: datetime) -> None:
        """Note that a session is being used; `before` is its last known use."""
        if before is not None and now - before < _GRAIN:
            return
        with suppress(sqlite3.Error), self._opened() as connection:
            connection.execute(
                "INSERT INTO last_seen (token_hash, seen_at) VALUES (?, ?) "
                "ON CONFLICT (token_hash) DO UPDATE SET seen_at = max(seen_at, excluded.seen_at)",
                (token_hash, int(now.timestamp())),
            )
            connection.execute(
                "DELETE FROM last_seen WHERE seen_at < ?", (int((now - _KEPT).timestamp()),)
            )

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        begin_database(self._file)
        with closing(sqlite3.connect(self._file, timeout=1, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_TABLE)
            yield connection
