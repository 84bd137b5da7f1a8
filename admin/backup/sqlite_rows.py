"""The rows of a file of SQLite that came from elsewhere, in tables of our own making.

A file's tables can act by themselves: by triggers, by rules on what to do with a row that clashes,
by checks and by what cascades. None of that is taken over, only rows.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from admin.backup.refused import Refused

_NAME = "The database of the backup"
_VERSION = "alembic_version"
_OURS = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
# A view has no page of its own, nor has a table that a module makes up.
_THEIRS = (
    "SELECT name FROM theirs.sqlite_schema"
    " WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite%'"
)


def copy_rows(theirs: Path, ours: Path, schema: str) -> None:
    """Put each row of one file into the same table of another, whose tables are of this schema.

    Raises:
        Refused: the tables aren't the same, the file is damaged, or a row doesn't fit.
    """
    try:
        with closing(sqlite3.connect(ours)) as into:
            into.execute("PRAGMA trusted_schema = OFF")
            into.execute("ATTACH ? AS theirs", (f"{theirs}",))
            _refuse_foreign(into, schema)
            with into:
                for table in _names(into, _OURS):
                    _copy(into, table)
            if into.execute("PRAGMA main.foreign_key_check").fetchone():
                raise Refused(f"{_NAME} holds a row that refers to none.")
    except sqlite3.IntegrityError:
        raise Refused(f"{_NAME} holds rows that don't fit its schema.") from None
    except sqlite3.Error:
        raise Refused(f"{_NAME} isn't one of ours.") from None


def _refuse_foreign(into: sqlite3.Connection, schema: str) -> None:
    if set(_names(into, _OURS)) != set(_names(into, _THEIRS)):
        raise Refused(f"{_NAME} has other tables than its schema.")
    (is_whole,) = into.execute("PRAGMA theirs.integrity_check(1)").fetchone()
    versions = into.execute(f"SELECT version_num FROM theirs.{_VERSION}").fetchall()  # noqa: S608
    if is_whole != "ok" or versions != [(schema,)]:
        raise Refused(f"{_NAME} is damaged, or isn't of the schema that manifest.json names.")


def _copy(into: sqlite3.Connection, table: str) -> None:
    """Table and columns are named by our own schema; what a migration put there is replaced."""
    names = [name for _, name, *_ in into.execute(f'PRAGMA main.table_info("{table}")')]
    # Where a column lacked, its name alone would be taken for a text.
    columns, found = (", ".join(f'{of}"{name}"' for name in names) for of in ("", "their."))
    into.execute(f'DELETE FROM main."{table}"')  # noqa: S608
    into.execute(
        f'INSERT OR ABORT INTO main."{table}" ({columns})'  # noqa: S608
        f' SELECT {found} FROM theirs."{table}" AS their NOT INDEXED'
    )


def _names(connection: sqlite3.Connection, query: str) -> list[str]:
    return [name for (name,) in connection.execute(query)]
