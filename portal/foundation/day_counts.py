"""How often something was refused on a day: a number, and of people who work here whose. Written
while a page is refused, so it lies outside the database, in limits.db of this machine.

What was asked for is never kept: a list of numbers that somebody tried would be a list of cases.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from portal.foundation import clock
from portal.foundation.folders import begin_database

# As long as the pages look back.
DAYS_KEPT = 31
NOBODY = 0
_TABLE = """
CREATE TABLE IF NOT EXISTS day_count (
    day TEXT NOT NULL,
    what TEXT NOT NULL,
    who INTEGER NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (day, what, who)
) WITHOUT ROWID
"""
_ADD = """
INSERT INTO day_count VALUES (?, ?, ?, 1)
ON CONFLICT (day, what, who) DO UPDATE SET times = times + 1
"""


class Refused(StrEnum):
    """What is counted."""

    SIGN_IN = "sign_in"
    PAGE = "page"
    QUERY_CODE = "query_code"
    TEXT = "text"


class DayCounts:
    """The counts of this machine. They are no record: where they can't be written, nobody waits."""

    def __init__(self, database_dir: Path) -> None:
        self._file = database_dir / "limits.db"

    def add(self, what: Refused, who: int = NOBODY) -> None:
        """One more today, of a member of staff by his id."""
        today = clock.today()
        with suppress(sqlite3.Error), self._opened() as connection:
            connection.execute(_ADD, (today.isoformat(), what, who))
            oldest = (today - timedelta(days=DAYS_KEPT)).isoformat()
            connection.execute("DELETE FROM day_count WHERE day < ?", (oldest,))

    def since(self, first: date, what: Refused) -> dict[tuple[date, int], int]:
        """How often on each day from `first` on, and by whom."""
        wanted = "SELECT day, who, times FROM day_count WHERE what = ? AND day >= ?"
        with suppress(sqlite3.Error), self._opened() as connection:
            rows = connection.execute(wanted, (what, first.isoformat())).fetchall()
            return {(date.fromisoformat(day), who): times for day, who, times in rows}
        return {}

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        begin_database(self._file)
        with closing(sqlite3.connect(self._file, timeout=1, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_TABLE)
            yield connection
