"""Debian's `wrk` as the client: it takes so little CPU that the server has the rest."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from bench.client import Answered, Load

_SCRIPT = Path(__file__).with_name("wrk.lua")
_MEASURED = re.compile(r"^measured (\d+) (\d+) ([\d.]+) ([\d.]+) (\d+) (\d+)$", re.MULTILINE)


def is_here() -> bool:
    """Whether the machine has it."""
    return shutil.which("wrk") is not None


def drive(load: Load) -> Answered:
    """Send a load and return how it was answered."""
    with tempfile.NamedTemporaryFile(prefix="bench-", suffix=".requests") as file:
        file.writelines(b"%d\n%b" % (len(one), one) for one in load.requests)
        file.flush()
        address = f"http://127.0.0.1:{load.port}"
        done = subprocess.run(
            [
                "wrk",
                "-t1",
                f"-c{load.connections}",
                # It takes whole seconds only.
                f"-d{max(1, round(load.seconds))}s",
                "--timeout=20s",
                f"-s{_SCRIPT}",
                address,
                "--",
                file.name,
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    found = _MEASURED.search(done.stdout)
    if found is None:
        raise RuntimeError(f"wrk did not say how it went: {done.stdout}{done.stderr}")
    requests, duration, p50, p99, refused, broken = found.groups()
    return Answered(
        requests=int(requests),
        seconds=int(duration) / 1e6,
        p50_ms=float(p50) / 1e3,
        p99_ms=float(p99) / 1e3,
        refused=int(refused) + int(broken),
    )
