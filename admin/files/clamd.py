"""ClamAV's server on this machine, asked over its socket whether something harmful is in a file.
The file goes there piece by piece and lies on no disk of ours."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from pathlib import Path

# A file of 20 MB takes a few seconds where the machine is busy.
_SECONDS, _SECONDS_TO_GREET = 60.0, 2.0
_LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """Nobody said whether a file is harmful: it is held until somebody does."""


def is_harmful(server: Path, pieces: Iterable[bytes]) -> bool:
    """Whether clamd finds anything in a file.

    Raises:
        ScannerAway: it isn't there, doesn't answer, or doesn't take the file.
    """
    if not answers(server):
        # One that hangs would keep us a minute.
        raise ScannerAway("no answer to a greeting")
    try:
        with _line(server, _SECONDS) as line:
            line.sendall(b"zINSTREAM\0")
            for piece in pieces:
                if piece:
                    line.sendall(len(piece).to_bytes(4, "big") + piece)
            line.sendall(bytes(4))
            answer = _answer(line)
    except OSError as error:
        raise ScannerAway(str(error)) from error
    if answer == "stream: OK":
        return False
    if answer.endswith(" FOUND"):
        return True
    # Longer than its StreamMaxLength, or something of its own.
    raise ScannerAway(answer or "no answer")


def answers(server: Path) -> bool:
    """Whether clamd is there."""
    try:
        with _line(server, _SECONDS_TO_GREET) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except OSError:
        return False


def _line(server: Path, seconds: float) -> socket.socket:
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(seconds)
    try:
        line.connect(str(server))
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> str:
    heard = b""
    while b"\0" not in heard and len(heard) < _LONGEST_ANSWER:
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        heard += piece
    return heard.partition(b"\0")[0].decode("utf-8", "replace").strip()
