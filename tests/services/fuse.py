"""What a file system of our own takes: the kernel's door to it, and the library that speaks to
it."""

from __future__ import annotations

import ctypes.util
import os
from pathlib import Path

# It brings libfuse3, whose own package is called otherwise in each release of Debian.
PACKAGE = "fuse3"
_DOOR = Path("/dev/fuse")


def missing_packages() -> list[str]:
    """Return the Debian package without which there is no such library."""
    return [] if ctypes.util.find_library("fuse3") else [PACKAGE]


def missing() -> str | None:
    """Return a sentence on what keeps a file system of our own from being mounted, or None."""
    if os.geteuid() != 0:
        return "No power cut can be played here: to mount a disk of our own takes root."
    if not os.access(_DOOR, os.R_OK | os.W_OK):
        return f"No power cut can be played here: there is no {_DOOR}."
    if missing_packages():
        return f"No power cut can be played here: sudo apt-get install {PACKAGE}"
    return None
