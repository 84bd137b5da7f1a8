"""What the kernel says about the processes of a server: their time on the CPU, their memory."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
_USER, _SYSTEM = 11, 12


@dataclass(frozen=True)
class Memory:
    """Megabytes of one process. `kind` is PSS, or RSS where the kernel shows no more."""

    megabytes: float
    kind: str


def children_of(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


def cpu_seconds(pids: list[int]) -> float:
    """Seconds on the CPU, user and system, in steps of a kernel's tick (10 ms)."""
    return sum(_ticks(pid) for pid in pids) / _TICKS_PER_SECOND


def memory_of(pid: int) -> Memory:
    """What a process holds; pages shared with others count by their share where PSS is readable."""
    # A process that lets nobody look into it shows its PSS to root alone.
    with suppress(PermissionError):
        return Memory(_field(Path(f"/proc/{pid}/smaps_rollup"), "Pss:"), "PSS")
    return Memory(_field(Path(f"/proc/{pid}/status"), "VmRSS:"), "RSS")


def _ticks(pid: int) -> int:
    # The name in brackets may hold spaces; the numbers come after it.
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(numbers[_USER]) + int(numbers[_SYSTEM])


def _field(file: Path, name: str) -> float:
    line = next(line for line in file.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024
