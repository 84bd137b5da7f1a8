"""Whatever the cleaning child does, whoever started it gets an answer, in time and in bounds."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from intake.attachments.frame import framed, unframed
from intake.attachments.limited_child import ask, talk
from intake.attachments.one_at_a_time import our_turn
from intake.attachments.refusal import Refusal
from tests.patience import PATIENCE

CHECKOUT = Path(__file__).parents[3]


def says(code: str, data: bytes = b"x", seconds: float = PATIENCE) -> bytes | Refusal:
    """What comes of a child that runs this instead of our own."""
    return talk((sys.executable, "-I", "-S", "-c", code), data, seconds=seconds)


def test_an_answer_comes_through() -> None:
    answer = framed(b"clean").hex()
    code = (
        f"import sys; sys.stdin.buffer.read(9); sys.stdout.buffer.write(bytes.fromhex({answer!r}))"
    )
    assert says(code, bytes(1024 * 1024)) == b"clean"


@pytest.mark.parametrize(
    "code",
    ["while True: pass", "import time; time.sleep(600)", "import sys; sys.stdout.close(); x"],
)
def test_who_never_answers_is_ended(code: str) -> None:
    began = time.monotonic()
    assert says(code, bytes(1024 * 1024), 0.5) in {Refusal.TOO_SLOW, Refusal.DAMAGED}
    assert time.monotonic() - began < PATIENCE / 2
    assert "Z" not in _states_of_children()


def test_who_answers_drop_by_drop_is_ended() -> None:
    code = "import os, time\nwhile True: os.write(1, b'+'); time.sleep(0.001)"
    assert says(code, seconds=0.5) is Refusal.TOO_SLOW


def test_a_grandchild_that_holds_the_pipe_is_not_waited_for() -> None:
    code = "import os, time\nif os.fork() == 0: time.sleep(2)"
    assert says(code, seconds=0.5) is Refusal.TOO_SLOW


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import os; os.write(1, b'nonsense'); os._exit(0)", Refusal.DAMAGED),
        ("import os; os.write(1, b'-' + (3).to_bytes(8) + b'???')", Refusal.DAMAGED),
        ("import os; os.write(1, b'?' + (1).to_bytes(8) + b'a')", Refusal.DAMAGED),
        ("import os; os.write(1, b'+' + (1).to_bytes(8) + b'ab')", Refusal.DAMAGED),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", Refusal.DAMAGED),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", Refusal.TOO_SLOW),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", Refusal.TOO_MUCH_INSIDE),
        ("raise SystemExit(1)", Refusal.DAMAGED),
    ],
)
def test_what_is_no_answer_is_a_refusal(code: str, reason: Refusal) -> None:
    assert says(code) is reason


def test_a_flood_is_cut_off_in_bounded_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    code = "import os\nwhile True: os.write(1, bytes(65536))"
    assert says(code) in {Refusal.TOO_LARGE, Refusal.DAMAGED}
    code = "import os\nos.write(1, b'+' + b'\\x7f' * 8)\nwhile True: os.write(1, bytes(65536))"
    assert says(code) is Refusal.TOO_LARGE
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 100 * 1024


def test_a_child_that_cannot_start_means_later() -> None:
    assert talk(("/nowhere/python",), b"x", seconds=1) is Refusal.BUSY


def test_frames_say_what_they_hold() -> None:
    assert unframed(framed(b"")) == b""
    assert unframed(framed(Refusal.LOCKED)) is Refusal.LOCKED
    assert unframed(b"+") is None


def test_only_one_cleans_at_a_time(tmp_path: Path) -> None:
    with our_turn(tmp_path) as first:
        with our_turn(tmp_path, seconds=0.1) as second:
            assert (first, second) == (True, False)
        waiting = threading.Thread(target=_wait_for_the_turn, args=(tmp_path,))
        waiting.start()
    waiting.join(PATIENCE)
    assert (tmp_path / "came").exists()


def _wait_for_the_turn(folder: Path) -> None:
    with our_turn(folder, seconds=PATIENCE) as is_ours:
        if is_ours:
            (folder / "came").touch()


def test_a_folder_that_cannot_be_written_means_later() -> None:
    with our_turn(Path("/nowhere")) as is_ours:
        assert not is_ours


def test_an_order_that_makes_no_sense_is_refused() -> None:
    assert ask(("clean", "exe", "1"), b"x") is Refusal.DAMAGED


# What a child tries behind its walls, each a way out; every one has to fail.
_TRIES = """
import ctypes, os, resource, signal, socket, subprocess, sys, threading
sys.path.append(sys.argv[1])
parent = os.getppid()
from intake.attachments.child import raise_walls
raise_walls()
tries = {
    "read": lambda: open("/etc/passwd"),
    "read itself": lambda: open("/proc/self/environ"),
    "list": lambda: os.listdir("/"),
    "write": lambda: open("/tmp/written-by-the-child", "w"),
    "duplicate": lambda: os.dup(0),
    "pipe": os.pipe,
    "in memory": lambda: os.memfd_create("x"),
    "socket": socket.socket,
    "pair": socket.socketpair,
    "fork": lambda: os.fork() or os._exit(0),
    "execute": lambda: os.execv("/bin/true", ["true"]),
    "start": lambda: subprocess.run(["true"]),
    "signal": lambda: os.kill(parent, 0),
    "raise a limit": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)),
    "memory": lambda: bytearray(2 * 1024 * 1024 * 1024),
    "trace": lambda: _call(101, 16, parent, 0, 0),
}
def _call(*numbers):
    if ctypes.CDLL(None).syscall(*numbers) < 0:
        raise OSError
could = []
for name, attempt in tries.items():
    try:
        attempt()
        could.append(name)
    except (OSError, MemoryError, ValueError):
        pass
threading.Thread(target=could.append, args=("thread",)).start()
while not could: pass
os.write(1, ",".join(could).encode())
os._exit(0)
"""


def test_behind_its_walls_a_child_can_reach_nothing() -> None:
    done = subprocess.run(
        (sys.executable, "-I", "-c", _TRIES, str(CHECKOUT)),
        input=b"",
        capture_output=True,
        timeout=PATIENCE,
        check=False,
        env={},
    )
    assert (done.stdout, done.stderr) == (b"thread", b"")


def _states_of_children() -> str:
    tasks = Path("/proc/self/task").glob("*/children")
    children = [child for one in tasks for child in one.read_text().split()]
    files = [Path("/proc", child, "stat") for child in children]
    return "".join(one.read_text().rsplit(")", 1)[1].split()[0] for one in files if one.exists())
