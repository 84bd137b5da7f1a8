"""The process in which a file is taken apart and made anew, and which can reach nothing else.

It is started for one file (`limited_child.py`), reads it from a pipe, raises its walls before it
looks at the first byte, answers through another pipe and ends.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module

from intake.attachments.file_type import FileType
from intake.attachments.frame import HEAD_BYTES, framed, length
from intake.attachments.refusal import NotTaken, Refusal
from intake.attachments.system_calls import give_up_calls
from portal.foundation.landlock import NoLandlock, confine

MOST_MEMORY = 768 * 1024 * 1024
MOST_CPU_SECONDS = 15
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4
_STANDARD_PIPES = 3
_POLITE = 5
_ROOMS = {
    FileType.JPEG: "images",
    FileType.PNG: "images",
    FileType.GIF: "images",
    FileType.WEBP: "images",
    FileType.HEIC: "images",
    FileType.PDF: "pdf",
    FileType.DOCX: "office",
    FileType.XLSX: "office",
}

_Maker = Callable[[bytes, FileType, int], bytes]


def main(order: Sequence[str]) -> None:
    """Carry out one order: `clean` or `preview`, the type of the file, and the page."""
    _be_alone()
    act, file_type, page = order[0], FileType(order[1]), int(order[2])
    maker = _maker(act, file_type)
    data = _read(length(_read(HEAD_BYTES)))
    raise_walls()
    _write(framed(_made(maker, data, file_type, page)))
    # Nothing is tidied up: the kernel does it faster.
    os._exit(0)


def raise_walls() -> None:
    """Give up for good every file, socket and process, and all but so much memory and time."""
    with suppress(NoLandlock):
        # Without it no descriptor can be had all the same; `make run` warns of such a kernel.
        confine((), network=False)
    limits = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_FSIZE: 0,
        # The three pipes stay: there is no number left for a file or a socket.
        resource.RLIMIT_NOFILE: _STANDARD_PIPES,
    }
    for what, most in limits.items():
        resource.setrlimit(what, (most, most))
    # A second more than the signal that says why.
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS + 1))
    if not give_up_calls():
        # Then HEIC can't be read: its decoder needs a thread.
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _be_alone() -> None:
    """Let nobody look into this process, end with whoever started it, and let pages go first."""
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    os.nice(_POLITE)


def _maker(act: str, file_type: FileType) -> _Maker:
    """What carries out the order, imported now: behind the walls there are no files."""
    maker: _Maker = getattr(import_module(f"intake.attachments.{_ROOMS[file_type]}"), act)
    return maker


def _made(maker: _Maker, data: bytes, file_type: FileType, page: int) -> bytes | Refusal:
    try:
        return maker(data, file_type, page)
    except NotTaken as reason:
        return reason.refusal
    except MemoryError:
        return Refusal.TOO_MUCH_INSIDE
    except Exception:  # A damaged file fails in many ways, and all of them mean the same.
        return Refusal.DAMAGED


def _read(size: int) -> bytes:
    return sys.stdin.buffer.read(size)


def _write(answer: bytes) -> None:
    left = memoryview(answer)
    while left:
        left = left[os.write(sys.stdout.fileno(), left) :]
