"""What a process that falls would leave behind: its memory, with words and keys."""

from __future__ import annotations

import ctypes

_PR_SET_DUMPABLE = 4


def leave_none() -> None:
    """Leave nothing, and let no other process of the same user look in. A limit of nothing holds
    for files alone: where `core_pattern` names a program, the kernel hands it everything all the
    same. Holds for processes that are forked from this one, until they run something else."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
