"""A turn that is killed again and again, each time one step later, until one comes to its end: run
as a program of its own, since SIGKILL takes the whole process.

    python -m tests.admin.keys.killed KIND [TIMES]

With a number it is killed so often at moments drawn by lot, and then no more. Prints how often it
was killed.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import sys
import time
from collections.abc import Iterator

import admin.records  # noqa: F401
import intake.records  # noqa: F401
import portal.records  # noqa: F401
from admin.keys.master import rotate_master
from admin.keys.service import rotate_service
from admin.keys.unit import rotate_unit
from intake.vault.service_key import Purpose
from intake.vault.vault import Vault
from portal.foundation.database import Database
from portal.foundation.settings import Settings


def turning(kind: str) -> Iterator[str]:
    """The steps of a turn, in a process that has just been started."""
    settings = Settings.from_environment(os.environ)
    database = Database(settings, vault=Vault.open(settings))
    if kind == "master":
        return rotate_master(database, settings)
    if kind.isupper():
        return rotate_unit(database, kind)
    return rotate_service(database, settings, Purpose(kind))


def until_killed(kind: str, at: int) -> None:
    """Turn, and be killed once so many steps are done."""
    for number, _step in enumerate(turning(kind), start=1):
        if number == at:
            os.kill(os.getpid(), signal.SIGKILL)


def by_lot(kind: str, times: int) -> int:
    """Turn, killed so often whatever it is at; then to the end. Returns how often it was killed."""
    lots, kills = random.Random(61), 0  # noqa: S311 - No secret hangs on it.
    while kills < times:
        child = os.fork()
        if not child:
            until_killed(kind, 0)
            os._exit(0)
        time.sleep(lots.uniform(0, 0.4))
        os.kill(child, signal.SIGKILL)
        kills += os.WIFSIGNALED(os.waitpid(child, 0)[1])
    until_killed(kind, 0)
    return kills


def main() -> int:
    """Turn until it isn't killed any more."""
    if len(sys.argv) > 2:
        sys.stdout.write(f"{by_lot(sys.argv[1], int(sys.argv[2]))}\n")
        return 0
    for at in itertools.count(1):
        child = os.fork()
        if not child:
            until_killed(sys.argv[1], at)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        if not os.WIFSIGNALED(status):
            sys.stdout.write(f"{at - 1}\n")
            return os.waitstatus_to_exitcode(status)
    return 1


if __name__ == "__main__":
    sys.exit(main())
