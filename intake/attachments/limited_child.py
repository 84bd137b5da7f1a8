"""Starts the cleaning child, gives it one file and takes one answer, over pipes alone.

The child holds itself to limits (`child.py`); here it is held by time and by length as well, in
case what it read has taken it over.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from intake.attachments.file_type import MOST_BYTES
from intake.attachments.frame import HEAD_BYTES, framed, is_whole, unframed
from intake.attachments.refusal import Refusal

# By the clock; its own limit counts the time that the processor gave it.
SECONDS = 30.0
_MOST_ANSWER = HEAD_BYTES + MOST_BYTES
_PIECE = 64 * 1024
_TO_DIE_SECONDS = 1.0
_CHECKOUT = Path(__file__).resolve().parents[2]
# It starts isolated from the environment and the folder; this is how it finds our own code.
_START = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from intake.attachments.child import main; main(sys.argv[2:])"
)
_COMPILE = (
    "import sys; sys.path.append(sys.argv[1]); "
    "import intake.attachments.office, intake.attachments.pdf"
)
_CHILD = (sys.executable, "-I", "-B", "-c", _START, str(_CHECKOUT))


def ask(order: Sequence[str], data: bytes, *, seconds: float = SECONDS) -> bytes | Refusal:
    """What the child makes of the data by the words of the order; or why it makes nothing."""
    return talk((*_CHILD, *order), data, seconds=seconds)


def talk(command: Sequence[str], data: bytes, *, seconds: float) -> bytes | Refusal:
    """Start the command, give it the data, and take its answer within so many seconds.

    It is killed and reaped afterwards, whatever it did.
    """
    last_moment = time.monotonic() + seconds
    try:
        child = _started(command)
    except OSError:
        return Refusal.BUSY
    with child:
        try:
            received = _exchange(child, data, last_moment)
            if not is_whole(received):
                _let_it_end(child)
        except TimeoutError:
            return Refusal.TOO_SLOW
        finally:
            child.kill()
    if len(received) > _MOST_ANSWER:
        return Refusal.TOO_LARGE
    if not is_whole(received):
        return _why_none(child.returncode)
    answer = unframed(received)
    return Refusal.DAMAGED if answer is None else answer


def compile_decoders() -> None:
    """Have Python compile once what every child imports.

    The public process may write no bytecode, nor may its children: each would compile for seconds.
    """
    command = (sys.executable, "-I", "-c", _COMPILE, str(_CHECKOUT))
    subprocess.run(command, stdin=subprocess.DEVNULL, env={}, check=False)  # noqa: S603  # Our own.


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # Our own code.
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd="/",
        env={},
    )


def _exchange(child: subprocess.Popen[bytes], data: bytes, last_moment: float) -> bytearray:
    """Write and read, each as far as the child is ready, until it has answered or closed."""
    to_child, from_child = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
    left, received = memoryview(framed(data)), bytearray()
    with selectors.DefaultSelector() as pipes:
        for pipe, event in ((to_child, selectors.EVENT_WRITE), (from_child, selectors.EVENT_READ)):
            os.set_blocking(pipe.fileno(), False)
            pipes.register(pipe, event)
        while not is_whole(received) and len(received) <= _MOST_ANSWER:
            ready = pipes.select(max(0.0, last_moment - time.monotonic()))
            if time.monotonic() >= last_moment:
                raise TimeoutError
            waiting = [key.fileobj for key, _ in ready]
            if to_child in waiting:
                left = left[_write(to_child, left) :]
                if not left:
                    pipes.unregister(to_child)
            if from_child in waiting:
                piece = os.read(from_child.fileno(), _PIECE)
                if not piece:
                    break
                received += piece
    return received


def _write(pipe: IO[bytes], left: memoryview) -> int:
    """How much of it the child took; all of it, so to say, when the child is gone."""
    with suppress(BrokenPipeError):
        return os.write(pipe.fileno(), left[:_PIECE])
    return len(left)


def _let_it_end(child: subprocess.Popen[bytes]) -> None:
    """It said no more; how it ends by itself tells why."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(_TO_DIE_SECONDS)


def _why_none(ended: int) -> Refusal:
    """The kernel ends who took too much time or memory; a library that fell over fell over this
    file."""
    if ended == -signal.SIGXCPU:
        return Refusal.TOO_SLOW
    return Refusal.TOO_MUCH_INSIDE if ended == -signal.SIGKILL else Refusal.DAMAGED
