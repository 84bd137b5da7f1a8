"""A file while it arrives: sealed piece by piece, never whole in memory, never in the clear on the
disk."""

from __future__ import annotations

import hashlib
import io

from intake.attachments import file_type
from intake.attachments.file_type import HEAD_BYTES, TAIL_BYTES
from intake.attachments.store import FileStore, NewFile
from intake.attachments.stored_file import LeftOut, StoredFile
from intake.vault.sealed_file import fresh_key

MOST_FILES = 10
MOST_FILE_BYTES = file_type.MOST_BYTES
MOST_BYTES = 50 * 1024 * 1024


class Allotment:
    """How much one message may still bring."""

    def __init__(self) -> None:
        self.files, self.bytes = MOST_FILES, MOST_BYTES


class Upload(io.RawIOBase):
    """Takes the bytes of one file of a form. What is too much is let go, and said."""

    def __init__(self, store: FileStore, allotment: Allotment) -> None:
        self.key = fresh_key()
        self.head, self.tail = b"", b""
        self.too_many = allotment.files <= 0
        self.too_large = self.too_much = self.no_room = False
        self._digest = hashlib.blake2b(digest_size=32)
        self._allotment = allotment
        allotment.files -= 1
        self.outcome: StoredFile | LeftOut | None = None
        self._file: NewFile | None = None
        self._begin(store)

    def write(self, data: object) -> int:
        """Seal some bytes, or let them go."""
        piece = bytes(data)  # type: ignore[call-overload]  # Werkzeug writes bytes only.
        if self._file is not None and self._fits(self._file, len(piece)):
            self._note(piece)
            self._seal(self._file, piece)
        return len(piece)

    def writable(self) -> bool:
        """It is written to and nothing else."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Werkzeug winds a file back once it is there; nobody reads it through this."""
        return 0

    def close(self) -> None:
        """Let go of what wasn't kept."""
        if not self.closed:
            self.let_go()
        super().close()

    @property
    def file(self) -> NewFile | None:
        """The sealed file; None where it wasn't taken."""
        return self._file

    @property
    def digest(self) -> str:
        """Of what was sent."""
        return self._digest.hexdigest()

    def let_go(self) -> None:
        """Take away what was sealed so far, unless it was kept."""
        if self._file is not None:
            self._file.throw_away()
            self._file = None

    def _begin(self, store: FileStore) -> None:
        if self.too_many:
            return
        try:
            self._file = store.new(self.key)
        except OSError:
            # Nearly full, or a disk that fails: the words find room all the same.
            self.no_room = True

    def _fits(self, file: NewFile, length: int) -> bool:
        self.too_large = file.size + length > MOST_FILE_BYTES
        self.too_much = length > self._allotment.bytes
        if self.too_large or self.too_much:
            # What it took so far is given back to the files that come after it.
            self._allotment.bytes += file.size
            self.let_go()
            return False
        self._allotment.bytes -= length
        return True

    def _note(self, piece: bytes) -> None:
        self._digest.update(piece)
        self.head += piece[: max(0, HEAD_BYTES - len(self.head))]
        self.tail = (self.tail + piece)[-TAIL_BYTES:]

    def _seal(self, file: NewFile, piece: bytes) -> None:
        try:
            file.write(piece)
        except OSError:
            self.no_room = True
            self.let_go()
