"""Finds a program on this machine, or in the wheel that stands in for it."""

import importlib.util
import shutil
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def on_this_machine(*names: str, beside: Iterable[Path] = ()) -> Path | None:
    """Return the first of the named programs that is on the path or in one of the folders."""
    for name in names:
        found = shutil.which(name)
        if found:
            return Path(found)
        for folder in beside:
            if (folder / name).exists():
                return folder / name
    return None


def in_wheel(package: str, *inside: str) -> Path | None:
    """Return the first of the paths inside an installed package that exists, without importing it.

    The packages are installed without what they need as libraries: only their programs are used.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    return next((home / path for path in inside if (home / path).exists()), None)
