"""The family of processes that the launcher keeps running."""

from __future__ import annotations

import signal
import subprocess
import sys

from tests.running import ROOT

# Who is there while the sites are waited for, and soon after.
_FAMILY = """
import sys, threading, time
from pathlib import Path
from admin.system.children import Child, Family
site = Child("site", ("sleep", "60"), Path("/"), {"PATH": "/usr/bin:/bin"})
worker = Child("worker", ("sleep", "60"), Path("/"), {"PATH": "/usr/bin:/bin"}, after_greeting=True)
def tell():
    print(site.process is not None, worker.process is not None, flush=True)
def later():
    while worker.process is None:
        time.sleep(0.01)
    tell()
threading.Thread(target=later, daemon=True).start()
Family([site, worker]).run(tell)
"""


def test_whom_nobody_waits_for_starts_after_the_greeting() -> None:
    words = [sys.executable, "-c", _FAMILY]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as family:
        assert family.stdout is not None
        told = [family.stdout.readline().split() for _ in range(2)]
        family.send_signal(signal.SIGTERM)
        assert family.wait() == 0
    assert told == [["True", "False"], ["True", "True"]]
