"""Where sealed files lie: one folder, opaque names, each file whole and on the disk before anything
refers to it.

What arrives lies among the new ones. Once an hour has passed, the worker settles those that belong
to a case and takes the others away, so that it never has to look through all of them.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from intake.vault.sealed_file import FileSealer, opened_pieces
from intake.vault.sealing import DoesNotOpen
from portal.foundation import clock
from portal.foundation.folders import make_folder, sync_folder

# Files are refused while words still find room: a photograph can come later, a receipt can't.
_KEPT_FREE = 512 * 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{32}")
# The folders of settled files: the first two digits of their names.
PREFIXES = tuple(f"{number:02x}" for number in range(256))
_NEW, _UNFINISHED = "new", ".part"
# A file as it is taken: its opaque name, what opens it, its size in bytes.
InStore = tuple[str, bytes, int]


class DiskNearlyFull(OSError):
    """There is no room for files; there still is for words."""


class FileIsGone(LookupError):
    """A file isn't there, or isn't what was put there."""


class NewFile:
    """A file that is being sealed into the store; thrown away unless it is kept."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.name = path.name
        self._path, self._beside = path, path.with_suffix(_UNFINISHED)
        handle = os.open(self._beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o660)
        self._stream: BinaryIO = os.fdopen(handle, "wb", buffering=0)
        self._sealer = FileSealer(self._stream, key, self.name.encode())
        self._key, self._finished = key, False

    @property
    def size(self) -> int:
        """How many bytes were written."""
        return self._sealer.size

    def write(self, data: bytes) -> None:
        """Seal some more bytes."""
        self._sealer.write(data)

    def keep(self) -> None:
        """Seal the end; once this returns, the file outlives a power cut."""
        self._finish()
        os.fsync(self._stream.fileno())
        self._stream.close()
        os.replace(self._beside, self._path)
        _mark_time(self._path)
        sync_folder(self._path.parent)

    def read_back(self) -> bytes:
        """All that was written. Nothing can be written after it."""
        self._finish()
        with self._beside.open("rb") as stream:
            return b"".join(opened_pieces(stream, self._key, self.name.encode(), self.size))

    def throw_away(self) -> None:
        """Forget what was written. A file that was kept stays."""
        self._stream.close()
        self._beside.unlink(missing_ok=True)

    def _finish(self) -> None:
        if not self._finished:
            self._sealer.finish()
            self._finished = True


class FileStore:
    """The sealed files of a deployment, in a folder that every machine of it shares."""

    def __init__(self, folder: Path, kept_free: int = _KEPT_FREE) -> None:
        self._folder, self._kept_free = folder, kept_free

    def new(self, key: bytes) -> NewFile:
        """Begin a file.

        Raises:
            DiskNearlyFull: no room for files.
        """
        if shutil.disk_usage(self._folder).free < self._kept_free:
            raise DiskNearlyFull
        make_folder(self._folder / _NEW)
        return NewFile(self._folder / _NEW / secrets.token_hex(16), key)

    def pieces(self, name: str, key: bytes, size: int) -> Iterator[bytes]:
        """What is in a file, a piece at a time.

        Raises:
            FileIsGone: it isn't there, or was damaged.
        """
        try:
            with self._found(name).open("rb") as stream:
                yield from opened_pieces(stream, key, name.encode(), size)
        except (OSError, DoesNotOpen) as error:
            raise FileIsGone(name) from error

    def whole(self, name: str, key: bytes, size: int) -> bytes:
        """The same at once, for what has to be in memory as a whole. Raises FileIsGone."""
        return b"".join(self.pieces(name, key, size))

    def expect(self, files: Collection[InStore]) -> None:
        """Say which files will be taken next, in a turn at writing. Here nothing is done about
        it."""

    def hold(self, name: str) -> bool:
        """Whether a file is there; if so, it counts as put there now."""
        try:
            _mark_time(self._found(name))
        except (FileNotFoundError, FileIsGone):
            return False
        return True

    def new_since(self, seconds: float) -> Iterator[str]:
        """The names of new files that were put here longer ago than that. What was begun and never
        finished is taken away on the way."""
        for path in (self._folder / _NEW).glob("*"):
            if _is_older(path, seconds):
                if path.suffix:
                    path.unlink(missing_ok=True)
                else:
                    yield path.name

    def settle(self, name: str) -> None:
        """Put a new file where it stays."""
        target = self._settled(name)
        make_folder(target.parent)
        os.replace(self._new(name), target)
        sync_folder(target.parent)

    def new_files(self) -> Iterator[Path]:
        """Every whole file that isn't settled yet. Whoever wants all files asks for these first, so
        that one which is settled meanwhile is met at least once."""
        yield from (path for path in (self._folder / _NEW).glob("*") if _is_whole(path))

    def settled_files(self, prefix: str) -> Iterator[Path]:
        """The settled files whose names begin with these two digits."""
        yield from (path for path in (self._folder / prefix).glob("*") if _is_whole(path))

    def drop_new(self, name: str, seconds: float) -> bool:
        """Take a new file away, unless somebody held it meanwhile; says whether it is gone."""
        if not _is_older(self._new(name), seconds):
            return False
        self._new(name).unlink(missing_ok=True)
        return True

    def drop_settled(self, name: str, seconds: float) -> bool:
        """Take a settled file away that nothing refers to any more, unless it was held so lately
        that a form may still send it; says whether it is gone."""
        if not _is_older(self._settled(name), seconds):
            return False
        self._settled(name).unlink(missing_ok=True)
        return True

    def _found(self, name: str) -> Path:
        """Where a file lies. It may be settled between two looks."""
        settled, new = self._settled(name), self._new(name)
        return new if not settled.exists() and new.exists() else settled

    def _new(self, name: str) -> Path:
        return self._folder / _NEW / _checked(name)

    def _settled(self, name: str) -> Path:
        return self._folder / _checked(name)[:2] / name


def files_of(session: Session) -> FileStore:
    """The store of the deployment in which the session runs."""
    found: FileStore = session.info["files"]
    return found


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise FileIsGone(name)
    return name


def _is_whole(path: Path) -> bool:
    return _NAME.fullmatch(path.name) is not None


def _is_older(path: Path, seconds: float) -> bool:
    try:
        return path.stat().st_mtime < clock.now().timestamp() - seconds
    except FileNotFoundError:
        return False


def _mark_time(path: Path) -> None:
    moment = clock.now().timestamp()
    os.utime(path, (moment, moment))
