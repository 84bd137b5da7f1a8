"""The files that staff take, each asked about before it leaves the store. Asked each time, so that
what is learnt of tomorrow holds for what came yesterday.

Nobody else can write while somebody waits for the scanner in his turn at writing. An act that takes
files in it says so by `asked_first`: it is broken off, they are asked about, and it is done anew
with the answers, which hold for that long and no longer."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import TypeVar

from admin.files.clamd import is_harmful
from intake.attachments.store import FileIsGone, FileStore, InStore

_Done = TypeVar("_Done")
# So long an answer holds: for the files of one package, asked about one after the other.
_HOLDS_SECONDS = 300.0
# Other files may have come meanwhile.
_TRIES = 3
_in_act: ContextVar[bool] = ContextVar("asked_first", default=False)


class HarmfulFile(FileIsGone):
    """Something harmful was found in a file: nobody is handed it, and what came with it stands."""


class _AskFirst(Exception):
    """These files have to be asked about before the act."""

    def __init__(self, store: ScannedFiles, files: Collection[InStore]) -> None:
        super().__init__(len(files))
        self.store, self.files = store, files


class ScannedFiles(FileStore):
    """The store as the staff site sees it where there is a scanner."""

    def __init__(self, folder: Path, scanner: Path) -> None:
        super().__init__(folder)
        self._scanner = scanner
        # What was just said of some files, and until when it holds.
        self._said: dict[str, tuple[bool, float]] = {}

    def pieces(self, name: str, key: bytes, size: int) -> Iterator[bytes]:
        """What is in a file, once the scanner found nothing in it; whole in memory meanwhile.

        Raises:
            HarmfulFile, FileIsGone: it can't be had.
            ScannerAway: not now.
        """
        opened = list(super().pieces(name, key, size))
        said = self._just_said(name)
        if is_harmful(self._scanner, opened) if said is None else said:
            raise HarmfulFile(name)
        return iter(opened)

    def expect(self, files: Collection[InStore]) -> None:
        """Break off an act that asks first, unless all these files were just asked about."""
        unasked = [one for one in files if self._just_said(one[0]) is None]
        if unasked and _in_act.get():
            raise _AskFirst(self, unasked)

    def ask(self, files: Collection[InStore]) -> None:
        """Ask about files, outside any transaction. Raises ScannerAway."""
        now = time.monotonic()
        for name in [name for name, (_, until) in self._said.copy().items() if until < now]:
            self._said.pop(name, None)
        for name, key, size in files:
            try:
                harmful = is_harmful(self._scanner, super().pieces(name, key, size))
            except FileIsGone:
                continue
            self._said[name] = harmful, time.monotonic() + _HOLDS_SECONDS

    def _just_said(self, name: str) -> bool | None:
        harmful, until = self._said.get(name, (False, 0.0))
        return harmful if time.monotonic() < until else None


def asked_first(act: Callable[[], _Done]) -> _Done:
    """Do an act with a turn at writing of its own, in which it takes files.

    Raises:
        ScannerAway: nothing was done.
    """
    for _ in range(_TRIES):
        token = _in_act.set(True)
        try:
            return act()
        except _AskFirst as first:
            waiting = first
        finally:
            _in_act.reset(token)
        waiting.store.ask(waiting.files)
    return act()
