"""The disk that forgets does forget, keeps what was waited for, and fails when it is told to."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from portal.foundation.folders import sync_folder
from tests.forgetful.disk import ForgetfulDisk
from tests.patience import PATIENCE
from tests.services.required import may_cut_power

_COMMITS = 40


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[ForgetfulDisk]:
    may_cut_power()
    with ForgetfulDisk(tmp_path) as mounted:
        yield mounted


def _synced(file: Path, content: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def test_only_what_was_waited_for_is_there_after_a_cut(disk: ForgetfulDisk) -> None:
    folder = disk.mount / "folder"
    folder.mkdir()
    _synced(folder / "named", b"a" * 10_000)
    sync_folder(folder)
    sync_folder(disk.mount)
    _synced(folder / "without its name", b"b")
    (folder / "named").write_bytes(b"c" * 20_000)
    assert (folder / "named").read_bytes() == b"c" * 20_000
    disk.cut()
    assert [file.name for file in folder.iterdir()] == ["named"]
    assert (folder / "named").read_bytes() == b"a" * 10_000


def test_a_name_is_old_or_new_as_its_folder_was_waited_for(disk: ForgetfulDisk) -> None:
    here, there = disk.mount / "here", disk.mount / "there"
    for folder in (here, there):
        folder.mkdir()
    _synced(here / "moved", b"moved")
    _synced(here / "gone", b"gone")
    disk.put_all_down()
    (here / "moved").rename(there / "moved")
    (here / "gone").unlink()
    disk.cut()
    assert sorted(file.name for file in here.iterdir()) == ["gone", "moved"]
    assert not list(there.iterdir())

    (here / "moved").rename(there / "moved")
    # A renaming is one thing: whichever folder is waited for.
    sync_folder(there)
    disk.cut()
    assert [file.name for file in here.iterdir()] == ["gone"]
    assert (there / "moved").read_bytes() == b"moved"


def test_a_shortened_file_holds_nothing_old(disk: ForgetfulDisk) -> None:
    file = disk.mount / "file"
    _synced(file, b"x" * 9_000)
    disk.put_all_down()
    with file.open("r+b") as stream:
        stream.truncate(100)
        stream.seek(8_000)
        stream.write(b"y")
        stream.flush()
        expected = b"x" * 100 + b"\0" * 7_900 + b"y"
        assert file.read_bytes() == expected
        os.fsync(stream.fileno())
    disk.cut()
    assert file.read_bytes() == expected


def test_a_file_that_is_open_and_has_no_name_is_read_and_goes(disk: ForgetfulDisk) -> None:
    file = disk.mount / "file"
    with file.open("w+b") as stream:
        file.unlink()
        stream.write(b"still here")
        stream.seek(0)
        assert stream.read() == b"still here"
    assert not list(disk.mount.iterdir())


def test_what_a_failed_sync_left_is_shown_and_never_put_down(disk: ForgetfulDisk) -> None:
    file = disk.mount / "file"
    _synced(file, b"old")
    disk.put_all_down()
    disk.fail_sync(2)
    with file.open("r+b") as stream:
        os.fsync(stream.fileno())
        stream.write(b"new")
        stream.flush()
        with pytest.raises(OSError, match="Input/output error"):
            os.fsync(stream.fileno())
        # As the kernel does, which takes the page for written: nobody hears of it again.
        os.fsync(stream.fileno())
    assert file.read_bytes() == b"new"
    disk.cut()
    assert file.read_bytes() == b"old"


@pytest.mark.parametrize(("synchronous", "is_safe"), [("FULL", True), ("NORMAL", False)])
def test_it_finds_out_a_database_that_does_not_wait(
    disk: ForgetfulDisk, synchronous: str, is_safe: bool
) -> None:
    file = disk.mount / "some.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE told (number INTEGER)")
    disk.put_all_down()
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    writer = multiprocessing.get_context("spawn").Process(
        target=_commit, args=(file, synchronous, theirs)
    )
    writer.start()
    assert ours.poll(PATIENCE)
    told = ours.recv()
    disk.cut(writer.kill)
    writer.join()
    with closing(sqlite3.connect(file)) as connection:
        kept = connection.execute("SELECT count(*) FROM told").fetchone()[0]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert (kept >= told) is is_safe


def _commit(file: Path, synchronous: str, to: Connection) -> None:
    """Commit several times, say so, and stay."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    for number in range(_COMMITS):
        connection.execute("INSERT INTO told VALUES (?)", (number,))
    to.send(_COMMITS)
    with suppress(EOFError):
        to.recv()
