"""Sees every file that anybody makes in a folder, and holds it open: what is deleted at once can
still be read."""

from __future__ import annotations

import ctypes
import os
import selectors
import struct
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

_CREATED, _MOVED_HERE, _IS_FOLDER = 0x100, 0x80, 0x40000000
_HEAD = struct.Struct("iIII")
_libc = ctypes.CDLL(None, use_errno=True)


class WatchedFolders:
    """Folders, and those below them, from the moment the block is entered."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = list(folders)
        self._paths: dict[int, Path] = {}
        self._held: dict[str, int] = {}
        self._stop, self._stopped = os.pipe()
        self._thread = threading.Thread(target=self._follow)

    def __enter__(self) -> Self:
        self._inotify = _libc.inotify_init1(os.O_CLOEXEC)
        for folder in self._folders:
            self._watch(folder)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._stopped)
        self._thread.join()
        for handle in (self._inotify, self._stop, *self._held.values()):
            os.close(handle)

    @property
    def names(self) -> set[str]:
        """What was made so far."""
        return set(self._held)

    def contents(self) -> dict[str, bytes]:
        """What is in every file that was made, and in those that lay there before."""
        found = {}
        for name, handle in list(self._held.items()):
            found[name] = os.pread(handle, os.fstat(handle).st_size, 0)
        for folder in self._folders:
            for file in folder.rglob("*"):
                if file.is_file():
                    found[str(file)] = file.read_bytes()
        return found

    def _watch(self, folder: Path) -> None:
        wanted = ctypes.c_uint32(_CREATED | _MOVED_HERE)
        number = _libc.inotify_add_watch(self._inotify, os.fsencode(folder), wanted)
        self._paths[number] = folder
        for path in folder.iterdir():
            if path.is_dir():
                self._watch(path)

    def _follow(self) -> None:
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._inotify, selectors.EVENT_READ)
            waiting.register(self._stop, selectors.EVENT_READ)
            while True:
                ready = {key.fd for key, _ in waiting.select()}
                if self._inotify in ready:
                    self._note(os.read(self._inotify, 65_536))
                elif self._stop in ready:
                    return

    def _note(self, events: bytes) -> None:
        at = 0
        while at < len(events):
            number, mask, _, length = _HEAD.unpack_from(events, at)
            name = events[at + _HEAD.size : at + _HEAD.size + length].rstrip(b"\0").decode()
            path = self._paths[number] / name
            with suppress(FileNotFoundError):
                if mask & _IS_FOLDER:
                    self._watch(path)
                elif str(path) not in self._held:
                    self._held[str(path)] = os.open(path, os.O_RDONLY)
            at += _HEAD.size + length
