"""Turns at writing, with real threads and real processes."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.foundation.database_busy import DatabaseBusy
from portal.foundation.turns import Turns

_PATIENCE = 20.0
# Four threads of another process that want nothing but to write.
_GREEDY = """
import sys, threading, time
from pathlib import Path
from portal.foundation.turns import Turns
turns = Turns(Path(sys.argv[1]))
def again_and_again():
    while True:
        with turns.turn(None):
            time.sleep(0.01)
for _ in range(4):
    threading.Thread(target=again_and_again).start()
print("ready", flush=True)
"""


@contextmanager
def greedy_process(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        [sys.executable, "-c", _GREEDY, str(folder)], stdout=subprocess.PIPE
    ) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == b"ready\n"
            yield process
        finally:
            process.kill()


def test_one_at_a_time_has_the_turn(tmp_path: Path) -> None:
    turns, inside, most = Turns(tmp_path), [0], [0]

    def write() -> None:
        for _ in range(20):
            with turns.turn(_PATIENCE):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                time.sleep(0.0005)
                inside[0] -= 1

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_PATIENCE)
    assert most == [1]


def test_two_databases_of_one_process_wait_for_each_other_too(tmp_path: Path) -> None:
    with (
        Turns(tmp_path).turn(None),
        pytest.raises(DatabaseBusy),
        Turns(tmp_path).turn(0.05),
    ):
        pass


def test_who_waited_in_vain_leaves_nothing_behind(tmp_path: Path) -> None:
    first, second = Turns(tmp_path), Turns(tmp_path)
    with first.turn(None):
        for _ in range(3):
            with pytest.raises(DatabaseBusy), second.turn(0.01):
                pass
    with second.turn(0.01), pytest.raises(DatabaseBusy), second.turn(0.01):
        pass
    with first.turn(0.01):
        pass


def test_a_process_with_many_who_wait_keeps_no_other_from_its_turn(tmp_path: Path) -> None:
    with greedy_process(tmp_path):
        turns = Turns(tmp_path)
        for _ in range(20):
            with turns.turn(_PATIENCE / 4):
                pass


def test_a_killed_process_gives_its_turn_back(tmp_path: Path) -> None:
    with greedy_process(tmp_path) as process:
        process.kill()
        process.wait(_PATIENCE)
        with Turns(tmp_path).turn(1.0):
            pass
