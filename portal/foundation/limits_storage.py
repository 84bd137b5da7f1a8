"""Counts of the limiter in one small SQLite file, exact for all processes of one machine.

The file is no record of anything: it may vanish at any time, so it is written without waiting for
the disk, and begun anew when a power cut has spoilt it.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from os import getpid
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from limits.storage import MovingWindowSupport, Storage

from portal.foundation import clock
from portal.foundation.folders import begin_database

SCHEME = "huimin+sqlite"

_PREPARE = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS hit (
    key TEXT NOT NULL,
    at REAL NOT NULL,
    nonce INTEGER NOT NULL,
    cost INTEGER NOT NULL,
    expires_at REAL NOT NULL,
    PRIMARY KEY (key, at, nonce)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS hit_expiry ON hit (expires_at);
"""
# One statement counts and adds under one write lock, so that no other process can come between.
# Hits farther ahead than their own window were counted by a clock that has been set back since.
_ACQUIRE = """
INSERT INTO hit SELECT :key, :now, random(), :amount, :now + :expiry
WHERE :amount + (
    SELECT coalesce(sum(cost), 0) FROM hit
    WHERE key = :key AND at > :now - :expiry AND at <= :now + :expiry
) <= :limit
"""
_INCREASE = """
INSERT INTO hit SELECT :key, :now, random(), :amount, coalesce(min(expires_at), :now + :expiry)
FROM hit WHERE key = :key AND expires_at > :now
"""
_SWEEP = """
DELETE FROM hit WHERE (key, at, nonce) IN (
    SELECT key, at, nonce FROM hit WHERE expires_at < :now ORDER BY expires_at LIMIT 2000
)
"""
_SWEEP_EVERY_SECONDS = 1.0


def address_of(file: Path) -> str:
    """The storage address by which Flask-Limiter finds this storage."""
    return f"{SCHEME}://{quote(str(file))}"


class SqliteStorage(Storage, MovingWindowSupport):
    """Hits as rows, one for each accepted request; a row is swept once its window has passed."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - the base class declares it so.

    def __init__(
        self, uri: str, wrap_exceptions: bool = False, **options: float | str | bool
    ) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._file = Path(unquote(urlsplit(uri).path))
        self._mine = threading.local()
        self._swept_at = 0.0

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """What is raised when the file can't be used."""
        return (sqlite3.Error, OSError)

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` hits, unless the last `expiry` seconds would then hold over `limit`."""
        now = _now()
        self._sweep(now)
        bound = {"key": key, "now": now, "amount": amount, "expiry": expiry, "limit": limit}
        return self._run(_ACQUIRE, bound).rowcount > 0

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """The moment of the oldest hit in the last `expiry` seconds, and how many there are."""
        now = _now()
        found = self._run(
            "SELECT min(at), coalesce(sum(cost), 0) FROM hit WHERE key = ? AND at > ? AND at <= ?",
            (key, now - expiry, now + expiry),
        ).fetchone()
        return (now if found[0] is None else found[0]), found[1]

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count without a limit in a window that begins with its first hit; the new total."""
        bound = {"key": key, "now": _now(), "amount": amount, "expiry": expiry}
        self._run(_INCREASE, bound)
        return self.get(key)

    def get(self, key: str) -> int:
        """The total of the key's hits that have not expired."""
        found = self._run(
            "SELECT coalesce(sum(cost), 0) FROM hit WHERE key = ? AND expires_at > ?", (key, _now())
        ).fetchone()
        return int(found[0])

    def get_expiry(self, key: str) -> float:
        """When the key's first hit expires, in seconds of the epoch."""
        now = _now()
        found = self._run(
            "SELECT min(expires_at) FROM hit WHERE key = ? AND expires_at > ?", (key, now)
        ).fetchone()
        return now if found[0] is None else float(found[0])

    def check(self) -> bool:
        """Whether the file can be written."""
        try:
            self._run(_SWEEP, {"now": _now()})
        except (sqlite3.Error, OSError):
            return False
        return True

    def reset(self) -> int | None:
        """Forget everything; how many hits were forgotten."""
        return self._run("DELETE FROM hit").rowcount

    def clear(self, key: str) -> None:
        """Forget the hits of one key."""
        self._run("DELETE FROM hit WHERE key = ?", (key,))

    def _sweep(self, now: float) -> None:
        if 0 <= now - self._swept_at < _SWEEP_EVERY_SECONDS:
            return
        self._swept_at = now
        self._run(_SWEEP, {"now": now})

    def _run(
        self, statement: str, bound: tuple[object, ...] | dict[str, object] = ()
    ) -> sqlite3.Cursor:
        try:
            return self._connection().execute(statement, bound)
        except sqlite3.DatabaseError as problem:
            # The bare class means that the file itself is spoilt; its subclasses mean other things.
            if type(problem) is not sqlite3.DatabaseError:
                raise
            self._begin_anew()
            return self._connection().execute(statement, bound)

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection. One that was opened before a fork is never used after it."""
        opened: tuple[int, int, sqlite3.Connection] | None = getattr(self._mine, "opened", None)
        if opened is None or opened[0] != getpid():
            self._file.parent.mkdir(parents=True, exist_ok=True)
            begin_database(self._file)
            connection = sqlite3.connect(self._file, timeout=1.0, isolation_level=None)
            self._mine.opened = opened = (getpid(), self._file.stat().st_ino, connection)
            connection.executescript(_PREPARE)
        return opened[2]

    def _begin_anew(self) -> None:
        _, inode, connection = self._mine.opened
        del self._mine.opened
        connection.close()
        # Another process may have replaced the spoilt file already: then its new one is kept.
        with contextlib.suppress(FileNotFoundError):
            if self._file.stat().st_ino == inode:
                for suffix in ("", "-wal", "-shm"):
                    Path(f"{self._file}{suffix}").unlink(missing_ok=True)


def _now() -> float:
    return clock.now().timestamp()
