"""What a file system of our own takes: the kernel's door to it, the right to mount, and the library
that speaks at that door."""

from __future__ import annotations

import ctypes.util
import os
from pathlib import Path

# It brings libfuse3, whose own package is called otherwise in each release of Debian.
PACKAGE = "fuse3"
_DOOR = Path("/dev/fuse")
_MAY_MOUNT = 1 << 21


def missing_packages() -> list[str]:
    """Return the Debian package without which there is no such library, where it would be of
    use."""
    there = impossible() or ctypes.util.find_library("fuse3")
    return [] if there else [PACKAGE]


def impossible() -> str | None:
    """Return a sentence on why this machine lets nobody mount a disk of his own, or None."""
    if not os.access(_DOOR, os.R_OK | os.W_OK):
        return f"No power cut can be played here: {_DOOR} isn't there for this user."
    rights = next(line for line in _status() if line.startswith("CapEff:"))
    if not int(rights.split()[1], 16) & _MAY_MOUNT:
        return "No power cut can be played here: to mount a disk takes root, and not in a sandbox."
    return None


def missing() -> str | None:
    """Return a sentence on what keeps a file system of our own from being mounted, or None."""
    if missing_packages():
        return f"No power cut can be played here: sudo apt-get install {PACKAGE}"
    return impossible()


def _status() -> list[str]:
    return Path("/proc/self/status").read_text().splitlines()
