"""PostgreSQL's own programs, of exactly the server's version: an older one refuses, what a newer
one writes the server may not know."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import Connection, make_url, text

from admin.backup.refused import Refused

_DEBIAN = Path("/usr/lib/postgresql")
_VERSION = re.compile(r" (\d+)")
_LONGEST_LINE = 300


def tool(name: str, connection: Connection) -> str:
    """Where the program lies.

    Raises:
        Refused: it isn't installed, or is another version's only.
    """
    major = int(connection.scalar(text("SHOW server_version_num")) or 0) // 10_000
    beside = _DEBIAN / str(major) / "bin" / name
    for found in (str(beside) if beside.exists() else None, shutil.which(name)):
        if found and _major(found) == major:
            return found
    raise Refused(
        f"{name} of PostgreSQL {major} isn't installed: install postgresql-client-{major}."
    )


@contextmanager
def output_of(command: list[str], database_url: str = "") -> Iterator[IO[bytes]]:
    """What a program prints, as it prints it. The database's password goes by the environment,
    since everybody on a machine may read a command line.

    Raises:
        Refused: it failed; the text is its first line.
    """
    environment = dict(os.environ)
    if database_url:
        url = make_url(database_url)
        if url.password:
            environment["PGPASSWORD"] = url.password
        plain = url.set(drivername="postgresql", password=None)
        command = [*command, f"--dbname={plain.render_as_string()}"]
    with TemporaryFile() as said:
        with subprocess.Popen(  # noqa: S603  # PostgreSQL's own, found above.
            command, env=environment, stdout=subprocess.PIPE, stderr=said
        ) as running:
            try:
                yield running.stdout  # type: ignore[misc]
            except BaseException:
                running.kill()
                raise
        if running.returncode:
            said.seek(0)
            line = said.readline(_LONGEST_LINE).decode(errors="replace").strip()
            raise Refused(f"{Path(command[0]).name} failed: {line}")


def _major(program: str) -> int:
    shown = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = _VERSION.search(shown.stdout)
    return int(found[1]) if found else 0
