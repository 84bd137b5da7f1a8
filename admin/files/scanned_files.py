"""The files that staff take, each asked about before it leaves the store. Asked each time, so that
what is learnt of tomorrow holds for what came yesterday."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from admin.files.clamd import is_harmful
from intake.attachments.store import FileIsGone, FileStore


class HarmfulFile(FileIsGone):
    """Something harmful was found in a file: nobody is handed it, and what came with it stands."""


class ScannedFiles(FileStore):
    """The store as the staff site sees it where there is a scanner."""

    def __init__(self, folder: Path, scanner: Path) -> None:
        super().__init__(folder)
        self._scanner = scanner

    def pieces(self, name: str, key: bytes, size: int) -> Iterator[bytes]:
        """What is in a file, once the scanner found nothing in it; whole in memory meanwhile.

        Raises:
            HarmfulFile, FileIsGone: it can't be had.
            ScannerAway: not now.
        """
        opened = list(super().pieces(name, key, size))
        if is_harmful(self._scanner, opened):
            raise HarmfulFile(name)
        return iter(opened)
