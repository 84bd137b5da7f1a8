"""`keys retire`, long after the turns and killed again and again, until one comes to its end: run
as a program of its own, as `killed` is.

    python -m tests.admin.keys.retire_killed HOW

`step` kills after a key, `file` before a key file takes its name and right after it, `lot` four
times at moments drawn by lot. Says so each time, and goes on when it is told to.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import admin.records  # noqa: F401
import intake.records  # noqa: F401
import portal.records  # noqa: F401
from admin.keys.retiring import retire
from intake.vault.vault import Vault
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.settings import Settings

# By then nothing that came before the turns may come again.
BY_THEN = timedelta(days=32)
_LOTS, _LONGEST = 4, 0.6


def retiring(done: Callable[[], None]) -> None:
    """Retire, in a process that has just been started; `done` is called after each key."""
    clock.shift(BY_THEN)
    settings = Settings.from_environment(os.environ)
    for _sentence in retire(Database(settings, vault=Vault.open(settings)), settings):
        done()


def dies() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def at_a_file(at: int) -> None:
    """Die at the so-manieth change of a name: a key file's is given, then its other one taken."""
    changes = itertools.count(1)

    def hears(name: str, _: tuple[object, ...]) -> None:
        if name in {"os.rename", "os.remove"} and next(changes) == at:
            dies()

    sys.addaudithook(hears)


def once(how: str, number: int, lots: random.Random) -> int:
    """Retire, killed once; returns how the process ended."""
    child = os.fork()
    if not child:
        if how == "file":
            # Before the first file that is still to be written, and the next time behind it.
            at_a_file(number % 2 + 1)
        retiring(dies if how == "step" else lambda: None)
        os._exit(0)
    if how == "lot" and number < _LOTS:
        time.sleep(lots.uniform(0, _LONGEST))
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def main() -> int:
    """Retire until it isn't killed any more."""
    lots = random.Random(61)  # noqa: S311 - No secret hangs on it.
    for number in itertools.count():
        status = once(sys.argv[1], number, lots)
        if not os.WIFSIGNALED(status):
            return os.waitstatus_to_exitcode(status)
        sys.stdout.write("killed\n")
        sys.stdout.flush()
        sys.stdin.readline()
    return 1


if __name__ == "__main__":
    sys.exit(main())
