"""What a killed process left in SQLite's log is on the disk before anybody is told of it."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from portal.foundation.recovery import put_down_recovered
from tests.forgetful.disk import ForgetfulDisk
from tests.patience import PATIENCE
from tests.services.required import may_cut_power


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[ForgetfulDisk]:
    may_cut_power()
    with ForgetfulDisk(tmp_path) as mounted:
        yield mounted


@pytest.mark.parametrize(
    ("is_put_down", "kept"),
    # Without it all that was written later is gone, too: else this test would say nothing.
    [(True, [1, 2, 3]), (False, [1])],
)
def test_what_a_failed_fsync_left_outlives_a_power_cut_once_it_is_shown(
    disk: ForgetfulDisk, is_put_down: bool, kept: list[int]
) -> None:
    file = _left_behind(disk)
    if is_put_down:
        put_down_recovered(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as later:
        later.execute("PRAGMA synchronous = FULL")
        assert later.execute("SELECT max(number) FROM told").fetchone() == (2,)
        later.execute("INSERT INTO told VALUES (3)")
        disk.cut()
    assert _told(file) == kept


def test_another_process_may_be_at_work(tmp_path: Path) -> None:
    file = tmp_path / "some.db"
    with closing(_made(file)) as other:
        other.execute("INSERT INTO told VALUES (1)")
        other.execute("BEGIN")
        other.execute("SELECT * FROM told").fetchall()
        put_down_recovered(file)
        other.rollback()
    assert _told(file) == [1]


def test_where_there_is_nothing_nothing_is_made(tmp_path: Path) -> None:
    put_down_recovered(tmp_path / "some.db")
    assert not list(tmp_path.iterdir())


def _left_behind(disk: ForgetfulDisk) -> Path:
    """A database whose last commit was refused by the disk, and all whose users were killed."""
    file = disk.mount / "some.db"
    context = multiprocessing.get_context("spawn")
    with closing(_made(file)):
        disk.put_all_down()
    ours, theirs = context.Pipe()
    writer = context.Process(target=_write, args=(file, theirs))
    writer.start()
    assert ours.poll(PATIENCE)
    assert ours.recv() == "told"
    disk.fail_sync(1)
    ours.send("go on")
    assert ours.poll(PATIENCE)
    assert ours.recv() == "disk I/O error"
    writer.kill()
    writer.join()
    return file


def _made(file: Path) -> sqlite3.Connection:
    made = sqlite3.connect(file, isolation_level=None)
    made.execute("PRAGMA journal_mode = WAL")
    made.execute("PRAGMA synchronous = FULL")
    made.execute("CREATE TABLE told (number INTEGER)")
    return made


def _write(file: Path, to: Connection) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("INSERT INTO told VALUES (1)")
    to.send("told")
    to.recv()
    try:
        connection.execute("INSERT INTO told VALUES (2)")
    except sqlite3.OperationalError as refused:
        to.send(str(refused))
    with suppress(EOFError):
        to.recv()


def _told(file: Path) -> list[int]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM told ORDER BY number")]
