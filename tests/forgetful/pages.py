"""The content of one file: what is on the disk, and above it the pages that were written and not
put there yet."""

from __future__ import annotations

import os
from pathlib import Path

PAGE = 4096


class Pages:
    """One file's bytes. `size` is how many there are now, whatever the disk knows of them."""

    def __init__(self, stored: Path) -> None:
        self._stored = stored
        self._handle: int | None = None
        self.size = stored.stat().st_size
        # So much of what is on the disk still belongs to the file: less once it was shortened.
        self._holds = self.size
        self._unwritten: dict[int, bytes] = {}
        # What a failed fsync left: everybody reads it, and nobody ever writes it.
        self._dropped: dict[int, bytes] = {}

    def read(self, size: int, offset: int) -> bytes:
        """Bytes as the processes see them."""
        end = min(offset + size, self.size)
        if not self._unwritten and not self._dropped and end <= self._holds:
            return os.pread(self._file(), max(0, end - offset), offset)
        first = offset // PAGE
        whole = b"".join(self._page(n) for n in range(first, -(-end // PAGE)))
        return whole[offset - first * PAGE : end - first * PAGE]

    def write(self, data: bytes, offset: int) -> range:
        """Take bytes in; says which pages they fall on."""
        end = offset + len(data)
        pages = range(offset // PAGE, -(-end // PAGE))
        for n in pages:
            start = n * PAGE
            part = data[max(0, start - offset) : start + PAGE - offset]
            if len(part) < PAGE:
                at = max(0, offset - start)
                before = self._page(n)
                part = before[:at] + part + before[at + len(part) :]
            self._dropped.pop(n, None)
            self._unwritten[n] = part
        self.size = max(self.size, end)
        return pages

    def cut_to(self, size: int) -> None:
        """Shorten the file, or lengthen it by zeros."""
        self._holds = min(self._holds, size)
        last, within = divmod(size, PAGE)
        for pages in (self._unwritten, self._dropped):
            for n in [n for n in pages if n > last or (n == last and not within)]:
                del pages[n]
            if last in pages:
                pages[last] = pages[last][:within].ljust(PAGE, b"\0")
        self.size = size

    def put_down(self) -> None:
        """Onto the disk with all of it, as fsync does.

        Raises:
            OSError: the disk has no room; nothing is forgotten, and nothing is certain.
        """
        if self.is_put_down:
            return
        self._shorten()
        for n, page in sorted(self._unwritten.items()):
            os.pwrite(self._file(), page, n * PAGE)
        os.ftruncate(self._file(), self.size)
        self._holds = self.size
        self._unwritten.clear()

    def put_down_early(self, n: int) -> None:
        """Let one page reach the disk before anybody asks for it."""
        self._shorten()
        end = min((n + 1) * PAGE, self.size)
        os.pwrite(self._file(), self._unwritten.pop(n)[: end - n * PAGE], n * PAGE)
        if end > self._holds:
            # What lies between is still unwritten, or reads as zeros.
            self._holds = end

    def drop(self) -> None:
        """An fsync failed: the kernel takes the pages for written, shows them, and forgets them."""
        self._dropped |= self._unwritten
        self._unwritten.clear()

    def close(self) -> None:
        """Let go of the stored file for now."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    @property
    def is_put_down(self) -> bool:
        """Whether the disk has all that it will ever have."""
        stored = os.fstat(self._file()).st_size
        return not self._unwritten and self._holds == self.size == stored

    def _shorten(self) -> None:
        if os.fstat(self._file()).st_size > self._holds:
            os.ftruncate(self._file(), self._holds)

    def _page(self, n: int) -> bytes:
        for pages in (self._unwritten, self._dropped):
            if n in pages:
                return pages[n]
        start = n * PAGE
        stored = os.pread(self._file(), max(0, min(PAGE, self._holds - start)), start)
        return stored.ljust(PAGE, b"\0")

    def _file(self) -> int:
        if self._handle is None:
            self._handle = os.open(self._stored, os.O_RDWR | os.O_CLOEXEC)
        return self._handle
