"""What goes wrong with the ground under the product: a database that is held, a disk that is
full."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests.deployments import Deployment

_PIECE = 16 * 1024 * 1024
_SMALLEST_PIECE = 4096


@contextmanager
def database_held(deployment: Deployment) -> Iterator[None]:
    """Nobody else may write (SQLite), or come in at all (PostgreSQL)."""
    if not deployment.settings.is_sqlite:
        with _shut(deployment.settings.database_url):
            yield
        return
    folder = deployment.settings.database_dir
    lock = os.open(folder / "write.lock", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with closing(sqlite3.connect(folder / "huimin.db", timeout=60)) as holder:
            holder.execute("BEGIN EXCLUSIVE")
            yield
            holder.rollback()
    finally:
        os.close(lock)


@contextmanager
def disk_full(folder: Path) -> Iterator[None]:
    """The disk of that folder has no room left."""
    ballast = folder / "ballast"
    handle, size, piece = os.open(ballast, os.O_WRONLY | os.O_CREAT), 0, _PIECE
    try:
        while piece >= _SMALLEST_PIECE:
            try:
                os.posix_fallocate(handle, size, piece)
                size += piece
            except OSError:
                piece //= 2
        yield
    finally:
        os.close(handle)
        ballast.unlink()


@contextmanager
def _shut(address: str) -> Iterator[None]:
    url = make_url(address)
    server_url = url.set(drivername="postgresql", database="postgres")
    with psycopg.connect(server_url.render_as_string(False), autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS false'.encode())
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [url.database],
        )
        try:
            yield
        finally:
            server.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS true'.encode())
