"""A disk that forgets, from outside: mounted, told to fail, cut from its power, and back again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.patience import PATIENCE
from tests.services.programs import ROOT

_ORDER, _SYNCS = "user.order", "user.syncs"


class ForgetfulDisk:
    """A disk below a folder. `early` is the chance that something reaches it before anybody asks.
    Leave the block, and it is unmounted; what it held stays in the folder."""

    def __init__(self, folder: Path, *, early: float = 0.0) -> None:
        self._stored, self.mount, self._early = folder / "stored", folder / "mount", early
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Mount it with what it certainly holds.

        Raises:
            RuntimeError: it can't be mounted.
        """
        for folder in (self._stored, self.mount):
            folder.mkdir(parents=True, exist_ok=True)
        words = ["-m", "tests.forgetful", str(self._stored), str(self.mount), str(self._early)]
        self._process = subprocess.Popen([sys.executable, *words], cwd=ROOT)
        deadline = time.monotonic() + PATIENCE
        while not self.mount.is_mount():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"nothing was mounted at {self.mount}")
            time.sleep(0.01)

    def cut(self, others: Callable[[], None] = lambda: None) -> None:
        """Cut the power: the disk first, then whatever ran above it; mount it again."""
        self._kill()
        others()
        self._unmount()
        self.start()

    def stop(self) -> None:
        """Unmount it."""
        if self._process is not None:
            self._unmount()
            self._kill()

    def put_all_down(self) -> None:
        """Onto the disk with everything, as after a copy that somebody waited for."""
        self._say("sync")

    def fail_sync(self, which: int) -> None:
        """Let the N-th fsync from now on fail; 0 lets none fail that hasn't yet."""
        self._say(f"fail {which}")

    @property
    def syncs(self) -> int:
        """How many times somebody waited for it since it was mounted."""
        return int(os.getxattr(self.mount, _SYNCS))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _say(self, order: str) -> None:
        os.setxattr(self.mount, _ORDER, order.encode())

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE)
            self._process = None

    def _unmount(self) -> None:
        # One whose process ended by itself has unmounted it.
        subprocess.run(["umount", "--lazy", str(self.mount)], check=False, capture_output=True)
