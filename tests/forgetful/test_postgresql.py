"""PostgreSQL on the disk that forgets: what it acknowledged outlives a power cut and an fsync that
failed; and the disk would show it if it didn't."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.forgetful.disk import ForgetfulDisk
from tests.services.postgres import Postgres
from tests.services.required import may_cut_power

_COMMITS = 20


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that the server's user may pass through."""
    may_cut_power()
    with tempfile.TemporaryDirectory(prefix="huimin-disk-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture(scope="module")
def ground(folder: Path) -> Iterator[tuple[ForgetfulDisk, Postgres]]:
    """A server of its own on such a disk."""
    with ForgetfulDisk(folder, early=0.1) as disk, Postgres() as server:
        server.lie_on(disk.mount / "postgresql")
        _do(server, "CREATE TABLE told (number INTEGER)")
        _do(server, "CHECKPOINT")
        disk.put_all_down()
        yield disk, server


def test_what_it_acknowledged_outlives_a_power_cut(ground: tuple[ForgetfulDisk, Postgres]) -> None:
    disk, server = ground
    _commit(server, range(_COMMITS))
    disk.cut(server.kill)
    server.start_again()
    assert set(range(_COMMITS)) <= _kept(server)


def test_the_disk_finds_out_who_does_not_wait(ground: tuple[ForgetfulDisk, Postgres]) -> None:
    disk, server = ground
    _do(server, "SET synchronous_commit = off", *[_row(n) for n in range(100, 100 + _COMMITS)])
    disk.cut(server.kill)
    server.start_again()
    assert not set(range(100, 100 + _COMMITS)) <= _kept(server)


def test_what_the_disk_refuses_is_not_acknowledged(ground: tuple[ForgetfulDisk, Postgres]) -> None:
    disk, server = ground
    disk.fail_sync(1)
    with pytest.raises(psycopg.OperationalError):
        _commit(server, [200])
    server.start_again()
    assert "PANIC:  could not fdatasync" in server.log
    _commit(server, [201])
    disk.cut(server.kill)
    server.start_again()
    assert 201 in _kept(server)


def _commit(server: Postgres, numbers: range | list[int]) -> None:
    """Each by itself, and each acknowledged."""
    _do(server, *[_row(number) for number in numbers])


def _row(number: int) -> str:
    return f"INSERT INTO told VALUES ({number})"


def _do(server: Postgres, *statements: str) -> None:
    with psycopg.connect(_address(server), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def _kept(server: Postgres) -> set[int]:
    with psycopg.connect(_address(server)) as connection:
        return {row[0] for row in connection.execute("SELECT number FROM told")}


def _address(server: Postgres) -> str:
    return server.url("postgres").replace("+psycopg", "")
