"""The browser that opens the pages: Debian's Chromium, driven by Playwright.

Its headless shell, the same browser without windows, opens a page in less than half of the time.
"""

import ctypes
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tests.services.programs import on_this_machine

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

# The first that is there is taken.
PROGRAMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
# Without these a browser looks for updates and accounts on machines that are none of ours.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def find() -> Path | None:
    """Return the browser named in CHROMIUM, or the machine's own, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named) if Path(named).exists() else None
    return on_this_machine(*PROGRAMS)


def missing_packages() -> list[str]:
    """Return the Debian packages without which pages can't be opened and judged."""
    there = {
        PROGRAMS[0]: find() is not None,
        "fonts-noto-cjk": _writes_chinese(),
        "libatomic1": _runs_driver(),
    }
    return [package for package, found in there.items() if not found]


def launch(playwright: "Playwright") -> "Browser":
    """Start the browser without a window; raises LookupError when there is none."""
    program = find()
    if program is None:
        raise LookupError(f"Chromium is missing: sudo apt-get install {PROGRAMS[0]}")
    # Chromium refuses to start its sandbox as root, which is what a build machine often is.
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    return playwright.chromium.launch(executable_path=program, args=arguments)


def _writes_chinese() -> bool:
    """Say whether a font for Chinese is installed; without one every target has a wrong size."""
    if shutil.which("fc-list") is None:
        return False
    shown = subprocess.run(
        ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False
    )
    return bool(shown.stdout.strip())


def _runs_driver() -> bool:
    """Say whether the library is there that Playwright's own driver needs and doesn't bring."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True
