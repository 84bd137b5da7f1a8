"""SQLite: a snapshot of a database that others are writing to, and a file of our own making that is
put in place when all of it is right.

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

from sqlalchemy import Connection, create_engine, pool

from admin.backup.archive import PIECE
from admin.backup.refused import Refused
from admin.backup.snapshot import Snapshot
from admin.backup.sqlite_rows import copy_rows
from admin.system.set_up import bring_schema_up
from portal.foundation.database_busy import DatabaseBusy
from portal.foundation.folders import sync_folder
from portal.foundation.settings import Settings
from portal.foundation.turns import Turns

MEMBER = "database.sqlite3.gz"
_BUSY_SECONDS = 30.0
_COMPANIONS = ("-wal", "-shm", "-journal")
# What is sealed doesn't become smaller; the rest does at the lowest level already.
_LEVEL, _GZIP = 1, 31


@contextmanager
def snapshot(settings: Settings, beside: Path) -> Iterator[Snapshot]:
    """The database as it stands now; a copy lies in `beside` meanwhile.

    Raises:
        Refused: there is none, or it can't be copied.
    """
    file, copy = settings.database_file, beside / "database.sqlite3"
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
    """Raises Refused where there is a database already, an empty one as well, or what one left."""
    file = settings.database_file
    for one in (file, *_companions(file)):
        if one.exists():
            raise Refused(f"There is a database already: {one}. Nothing is written over it.")


@contextmanager
def loaded(settings: Settings, packed: Path, schema: str) -> Iterator[Connection]:
    """The rows out of a backup in tables of our own making, with today's schema, beside their
    place; put there at the block's end.

    Raises:
        Refused: it isn't a database of ours, or its rows don't fit the schema.
    """
    theirs, ours = packed.with_suffix(""), packed.with_name("ours.sqlite3")
    _unpack(packed, theirs)
    ours.touch(mode=0o600)
    bring_schema_up(_address(ours), to=schema)
    copy_rows(theirs, ours, schema)
    theirs.unlink()
    bring_schema_up(_address(ours))
    engine = create_engine(_address(ours), poolclass=pool.NullPool)
    with engine.begin() as connection:
        yield connection
    _place(ours, settings)


def _place(beside: Path, settings: Settings) -> None:
    """Whoever has come up meanwhile keeps his database: a link is never laid over anything."""
    file = settings.database_file
    with beside.open("rb") as stream:
        os.fsync(stream.fileno())
    settings.database_dir.mkdir(parents=True, exist_ok=True)
    try:
        with Turns(settings.database_dir).turn(_BUSY_SECONDS):
            refuse_unless_empty(settings)
            os.link(beside, file)
    except (FileExistsError, DatabaseBusy):
        raise Refused(f"There is a database already: {file}. Nothing is written over it.") from None
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


def _companions(file: Path) -> list[Path]:
    return [file.with_name(file.name + ending) for ending in _COMPANIONS]


def _address(file: Path) -> str:
    return f"sqlite:///{str(file).replace('%', '%25')}"
