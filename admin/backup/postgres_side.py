"""PostgreSQL: `pg_dump` of a moment, and rows that are put into tables of our own making, all in
one transaction that is committed when everything was checked.

A dump is a program in SQL. Only the rows are taken out of it and where its numbers stand, so that
a backup from elsewhere can run nothing here; the tables come from our migrations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, create_engine, inspect, pool, text

from admin.backup.archive import PIECE
from admin.backup.refused import Refused
from admin.backup.snapshot import Snapshot
from admin.backup.tools import output_of, tool
from admin.system.set_up import migrate
from portal.foundation.settings import Settings

MEMBER = "database.pg_dump"
_ROWS = re.compile(r'COPY public\."?(\w+)"? (\([a-z0-9_", ]+\)) FROM stdin;\n')
_NUMBERS = re.compile(r"SELECT pg_catalog\.setval\('public\.(\w+)', (\d+), (true|false)\);\n")
_KEYS = text(
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
)


@contextmanager
def snapshot(settings: Settings, _beside: Path) -> Iterator[Snapshot]:
    """The database as it stands now.

    Raises:
        Refused: `pg_dump` of the server's version isn't there, or failed.
    """
    engine = create_engine(settings.database_url, poolclass=pool.NullPool)
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        moment = connection.scalar(text("SELECT pg_export_snapshot()"))
        command = [
            tool("pg_dump", connection),
            *("--format=custom", "--compress=1", "--no-owner", "--no-privileges"),
            *("--schema=public", "--lock-wait-timeout=30s", f"--snapshot={moment}"),
        ]
        yield Snapshot(MEMBER, connection, _printed(command, settings.database_url))


def refuse_unless_empty(settings: Settings) -> None:
    """Raises Refused where there is a table already, or no `pg_restore`."""
    engine = create_engine(settings.database_url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        if inspect(connection).get_table_names():
            raise Refused("The database that DATABASE_URL names isn't empty.")
        tool("pg_restore", connection)


@contextmanager
def loaded(settings: Settings, packed: Path, schema: str) -> Iterator[Connection]:
    """The database out of a backup with today's schema, which nobody else sees before the block's
    end.

    Raises:
        Refused: the dump can't be read, or holds rows of tables that this schema hasn't.
    """
    engine = create_engine(settings.database_url, poolclass=pool.NullPool)
    with engine.begin() as connection:
        migrate(connection, to=schema)
        tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
        keys = connection.execute(_KEYS).all()
        for table, name, _ in keys:
            connection.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'))
        for table in tables:
            connection.execute(text(f'DELETE FROM public."{table}"'))  # noqa: S608  # Our own.
        command = [tool("pg_restore", connection), "--data-only", "--schema=public", "--file=-"]
        with output_of([*command, str(packed)]) as script:
            _load(connection, script, tables)
        for table, name, definition in keys:
            connection.execute(text(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'))
        migrate(connection)
        yield connection


def _load(connection: Connection, script: Iterable[bytes], tables: set[str]) -> None:
    """Put in the rows, and set where the numbers stand. Whatever else the script says is left."""
    lines = iter(script)
    for line in lines:
        said = line.decode(errors="replace")
        if found := _ROWS.fullmatch(said):
            _copy(connection, found[1], found[2], lines, tables)
        elif found := _NUMBERS.fullmatch(said):
            connection.execute(
                text("SELECT setval(('public.' || quote_ident(:name))::regclass, :at, :used)"),
                {"name": found[1], "at": int(found[2]), "used": found[3] == "true"},
            )


def _copy(
    connection: Connection, table: str, columns: str, lines: Iterator[bytes], tables: set[str]
) -> None:
    rows = iter(lambda: next(lines, b"\\.\n"), b"\\.\n")
    if table == "alembic_version":
        for _ in rows:
            pass
        return
    if table not in tables:
        raise Refused(f"{MEMBER} holds a table that its schema hasn't: {table}.")
    driver: Any = connection.connection.driver_connection
    statement = f'COPY public."{table}" {columns} FROM STDIN'
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write(row)
    except psycopg.Error:
        raise Refused(f"{MEMBER}: the rows of {table} don't fit its schema.") from None


def _printed(command: list[str], database_url: str) -> Iterator[bytes]:
    with output_of(command, database_url) as stream:
        while piece := stream.read(PIECE):
            yield piece
