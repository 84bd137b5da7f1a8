"""Python imports this by itself wherever this folder is on PYTHONPATH: the process then goes by a
clock that a file sets, as all processes go by the clock of a machine that somebody sets.

The file named in CLOCK_JUMPS holds by how many seconds it is ahead of the real one, or behind.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from portal.foundation import clock

_LOOKS_AGAIN_AFTER = 0.02


def _follow() -> None:
    said = Path(os.environ["CLOCK_JUMPS"])
    while True:
        # Its disk may be away for a moment.
        with suppress(OSError, ValueError):
            clock.shift(timedelta(seconds=int(said.read_text())))
        time.sleep(_LOOKS_AGAIN_AFTER)


def _begin() -> None:
    # A child that cleans a file may have no second thread, and asks for no time.
    with suppress(RuntimeError):
        threading.Thread(target=_follow, daemon=True).start()


if "CLOCK_JUMPS" in os.environ:
    _begin()
    os.register_at_fork(after_in_child=_begin)
