"""SQLite: a snapshot of a database that others are writing to, and a file that is put in place when
all of it is right.

`VACUUM INTO` reads in one transaction: no writer waits for it, and what others write meanwhile
neither comes in nor makes it begin again, as it does with the backup API. Pages that were freed
aren't copied, so that nothing deleted goes along.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, make_url, pool

from admin.backup.archive import PIECE
from admin.backup.refused import Refused
from admin.backup.snapshot import Snapshot
from admin.system.set_up import bring_schema_up
from portal.foundation.folders import sync_folder
from portal.foundation.settings import Settings

MEMBER = "database.sqlite3.gz"
_BUSY_SECONDS = 30.0
_COMPANIONS = ("-wal", "-shm", "-journal")
# What is sealed doesn't become smaller; the rest does at the lowest level already.
_LEVEL, _GZIP = 1, 31


def database_file(settings: Settings) -> Path:
    """Where the database lies."""
    return Path(make_url(settings.database_url).database or "").resolve()


@contextmanager
def snapshot(settings: Settings, beside: Path) -> Iterator[Snapshot]:
    """The database as it stands now; a copy lies in `beside` meanwhile.

    Raises:
        Refused: there is none, or it can't be copied.
    """
    file, copy = database_file(settings), beside / "database.sqlite3"
    if not file.exists():
        raise Refused(f"There is no database in {file.parent}.")
    copy.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(file, timeout=_BUSY_SECONDS)) as live:
            live.execute("VACUUM INTO ?", (str(copy),))
    except sqlite3.Error as error:
        raise Refused(f"The database can't be copied: {error}.") from error
    engine = create_engine(_address(copy), poolclass=pool.NullPool)
    with engine.connect() as connection:
        yield Snapshot(MEMBER, connection, _compressed(copy))


def refuse_unless_empty(settings: Settings) -> None:
    """Raises Refused where there is a database already, or what one left."""
    file = database_file(settings)
    if not file.exists():
        left = [one for one in _companions(file) if one.exists()]
        if left:
            raise Refused(f"{left[0]} lies there, of another database: move it away first.")
        return
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as there:
        if there.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise Refused(f"There is a database already: {file}. Nothing is written over it.")


@contextmanager
def loaded(settings: Settings, packed: Path, schema: str) -> Iterator[Connection]:
    """The database out of a backup with today's schema, beside its place; put there at the block's
    end.

    Raises:
        Refused: it isn't a database, or holds what acts by itself.
    """
    beside = packed.with_suffix("")
    _unpack(packed, beside)
    _refuse_foreign(beside, schema)
    bring_schema_up(_address(beside))
    engine = create_engine(_address(beside), poolclass=pool.NullPool)
    with engine.begin() as connection:
        yield connection
    _place(beside, database_file(settings))


def _place(beside: Path, file: Path) -> None:
    with beside.open("rb") as stream:
        os.fsync(stream.fileno())
    # An empty one may have left them; they would be read into this one.
    for one in _companions(file):
        one.unlink(missing_ok=True)
    os.replace(beside, file)
    sync_folder(file.parent)


def _compressed(file: Path) -> Iterator[bytes]:
    packer = zlib.compressobj(_LEVEL, wbits=_GZIP)
    with file.open("rb") as stream:
        while piece := stream.read(PIECE):
            yield packer.compress(piece)
    yield packer.flush()


def _unpack(packed: Path, target: Path) -> None:
    unpacker = zlib.decompressobj(wbits=_GZIP)
    try:
        with packed.open("rb") as source, target.open("xb") as stream:
            os.chmod(target, 0o600)
            while piece := source.read(PIECE):
                # No piece may grow without bounds in memory.
                while piece:
                    stream.write(unpacker.decompress(piece, 16 * PIECE))
                    piece = unpacker.unconsumed_tail
    except zlib.error:
        raise Refused(f"{MEMBER} isn't compressed as it should be.") from None
    if not unpacker.eof or unpacker.unused_data:
        raise Refused(f"{MEMBER} isn't whole.")


def _refuse_foreign(file: Path, schema: str) -> None:
    """The product has no triggers; one in a file from elsewhere would act with every write."""
    try:
        with closing(sqlite3.connect(file)) as found:
            kinds = {kind for (kind,) in found.execute("SELECT DISTINCT type FROM sqlite_master")}
            (is_whole,) = found.execute("PRAGMA integrity_check(1)").fetchone()
            versions = found.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.Error:
        raise Refused(f"{MEMBER} isn't a database of ours.") from None
    if not kinds <= {"table", "index"}:
        raise Refused(f"{MEMBER} holds a trigger or a view, which we don't make.")
    if is_whole != "ok" or versions != [(schema,)]:
        raise Refused(f"{MEMBER} is damaged, or isn't of the schema that manifest.json names.")


def _companions(file: Path) -> list[Path]:
    return [file.with_name(file.name + ending) for ending in _COMPANIONS]


def _address(file: Path) -> str:
    return f"sqlite:///{str(file).replace('%', '%25')}"
