"""A zip archive that is made while it is sent: nothing of it lies on a disk, and of no file more
than a piece at a time in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zipfile import ZIP_STORED, ZipFile, ZipInfo


def archive_stream(entries: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The archive of some files, each a path and its pieces, in pieces. What people send is packed
    already, so that nothing is packed again."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        for path, pieces in entries:
            with archive.open(ZipInfo(path), "w") as file:
                for piece in pieces:
                    file.write(piece)
                    yield sink.take()
    yield sink.take()


class _Sink:
    """Takes what the archive writes, and gives it away."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, piece: bytes, /) -> int:
        """Keep a piece until it is taken."""
        self._written += piece
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """There is nothing to close."""

    def take(self) -> bytes:
        """All that was written since the last time."""
        taken = bytes(self._written)
        self._written.clear()
        return taken
