"""A stand-in for ClamAV's server: it speaks as much of its protocol as we do, and finds one
mark."""

from __future__ import annotations

import socketserver
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HARMFUL = b"harmful, as a test says"
# What it takes at most, as StreamMaxLength has it.
_MOST = 1_000_000


class FakeClamd:
    """It may be told to be silent about everything."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.asked: list[bytes] = []
        # Done before each verdict.
        self.meanwhile: Callable[[], None] = lambda: None
        self._server: socketserver.UnixStreamServer | None = None

    def come(self) -> None:
        """Listen."""
        self._server = socketserver.ThreadingUnixStreamServer(str(self.place), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def go(self) -> None:
        """Listen no more."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
            self.place.unlink()

    def _handler(self) -> type[socketserver.StreamRequestHandler]:
        asked, fake = self.asked, self

        class Line(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                command = b""
                while not command.endswith(b"\0"):
                    command += self.rfile.read(1)
                said = b"PONG" if command == b"zPING\0" else self.verdict()
                self.wfile.write(said + b"\0")

            def verdict(self) -> bytes:
                whole = b""
                while size := int.from_bytes(self.rfile.read(4), "big"):
                    whole += self.rfile.read(size)
                asked.append(whole)
                fake.meanwhile()
                if len(whole) > _MOST:
                    return b"INSTREAM size limit exceeded. ERROR"
                return b"stream: Local.Test FOUND" if HARMFUL in whole else b"stream: OK"

        return Line


@contextmanager
def fake_clamd() -> Iterator[FakeClamd]:
    """One that listens inside the block, unless it is told to go."""
    # A socket's path may have 107 bytes.
    with tempfile.TemporaryDirectory(prefix="clamd-", dir="/tmp") as name:  # A private folder.
        made = FakeClamd(Path(name) / "clamd.ctl")
        made.come()
        try:
            yield made
        finally:
            made.go()
