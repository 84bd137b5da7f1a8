"""Processes that are to run all the time: started, started again when they end, ended together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import click

_PR_SET_PDEATHSIG = 1
_SHORTEST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
# A child that ran this long was well; its next end starts with the shortest pause again.
_WELL_AFTER_SECONDS = 60.0
_STOP_WITHIN_SECONDS = 35.0


@dataclass
class Child:
    """One process that is to run all the time."""

    name: str
    command: tuple[str, ...]
    folder: Path
    environment: dict[str, str]
    walls: Callable[[], None] | None = None
    # Whether it is started only once the greeting is over: nobody waits for its first answer.
    after_greeting: bool = False
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = _SHORTEST_PAUSE
    start_at: float = 0.0

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl-C in the terminal reaches the launcher only."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - the command is our own.
            self.command,
            cwd=self.folder,
            env=self.environment,
            start_new_session=True,
            preexec_fn=self._before_exec,
        )

    def _before_exec(self) -> None:
        """Runs in the child. It ends with the launcher, even one that was killed."""
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if self.walls:
            self.walls()

    def tend(self) -> None:
        """Start it again after a pause if it has ended; the pause doubles up to a minute."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        if now - self.started_at > _WELL_AFTER_SECONDS:
            self.pause = _SHORTEST_PAUSE
        self.process, self.start_at = None, now + self.pause
        say(
            f"{self.name}停止了（{status}），{self.pause:.0f}秒后重新启动。 "
            f"Ended with {status}, starts again in {self.pause:.0f} s."
        )
        self.pause = min(self.pause * 2, _LONGEST_PAUSE)


@dataclass
class Family:
    """All children, and the wish to stop."""

    children: list[Child]
    stopping: bool = field(default=False)

    def run(self, greeting: Callable[[], None]) -> None:
        """Keep every child running until SIGTERM or SIGINT, then end them all."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        try:
            for child in self.children:
                if not child.after_greeting:
                    child.start()
            greeting()
            while not self.stopping:
                for child in self.children:
                    child.tend()
                time.sleep(0.2)
        finally:
            self._end()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _end(self) -> None:
        running = [child.process for child in self.children if child.process]
        for process in running:
            process.terminate()
        last_moment = time.monotonic() + _STOP_WITHIN_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, last_moment - time.monotonic()))
            except subprocess.TimeoutExpired:
                # The whole session, since a server that hangs has workers that hang.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def say(line: str) -> None:
    """A line for the operator, at once."""
    click.echo(line)
    sys.stdout.flush()
