"""The one file of a backup: a tar that any `tar` unpacks, and of which each byte follows from its
members' names, lengths and contents.

Owners, modes and times are always the same and say nothing. Whoever reads makes each head anew and
compares: a changed bit, a link, a path that leads elsewhere or anything else that isn't ours is
refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from tarfile import BLOCKSIZE, GNU_FORMAT, NUL, HeaderError, TarInfo
from typing import BinaryIO, NamedTuple

from admin.backup.refused import Refused

# All that may lie in a backup.
_NAME = re.compile(
    r"files/spool/[0-9a-f]{64}\.(text|damaged)"
    r"|database\.(sqlite3\.gz|pg_dump)"
    r"|files/([0-9a-f]{2}|new)/[0-9a-f]{32}"
    r"|members\.txt|manifest\.(json|sha256)"
)
_END = NUL * (2 * BLOCKSIZE)
PIECE = 1024 * 1024


class Member(NamedTuple):
    """What is known of one member once it was written or read."""

    name: str
    size: int
    sha256: str

    @property
    def line(self) -> bytes:
        """Its line in the list of members."""
        return f"{self.sha256} {self.size} {self.name}\n".encode()


class ArchiveWriter:
    """Writes members one after another into a file in which it can go back."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def add(self, name: str, pieces: Iterable[bytes]) -> Member:
        """Write a member whose length nobody needs to know beforehand."""
        begins, digest, size = self._stream.tell(), hashlib.sha256(), 0
        self._stream.write(_head(name, 0))
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            self._stream.write(piece)
        self._stream.write(_padding(size))
        ends = self._stream.tell()
        self._stream.seek(begins)
        self._stream.write(_head(name, size))
        self._stream.seek(ends)
        return Member(name, size, digest.hexdigest())

    def end(self) -> None:
        """Write the end, after which nothing comes."""
        self._stream.write(_END)


class ReadMember:
    """A member that is being read; its digest is known once all of its pieces were taken."""

    def __init__(self, stream: BinaryIO, name: str, size: int) -> None:
        self.name, self.size = name, size
        self._stream, self._digest = stream, hashlib.sha256()

    def pieces(self) -> Iterator[bytes]:
        """What is in it. Raises Refused where the file ends before it does."""
        left = self.size
        while left:
            piece = self._stream.read(min(left, PIECE))
            if not piece:
                raise Refused(f"The backup is cut off in {self.name}.")
            left -= len(piece)
            self._digest.update(piece)
            yield piece
        if self._stream.read(-self.size % BLOCKSIZE) != _padding(self.size):
            raise Refused(f"The backup is damaged after {self.name}.")

    @property
    def checked(self) -> Member:
        """It, as it was read to its end."""
        return Member(self.name, self.size, self._digest.hexdigest())


def members(stream: BinaryIO) -> Iterator[ReadMember]:
    """The members in their order; whoever is handed one takes all of its pieces.

    Raises:
        Refused: the file isn't one that `ArchiveWriter` wrote; the text names the place.
    """
    where = "at its beginning"
    while (head := stream.read(BLOCKSIZE)) != NUL * BLOCKSIZE:
        if len(head) < BLOCKSIZE:
            raise Refused(f"The backup is cut off {where}.")
        found = _member_of(head)
        if found is None:
            raise Refused(f"The backup is damaged {where}, or isn't one of ours.")
        yield ReadMember(stream, *found)
        where = f"after {found[0]}"
    if stream.read(BLOCKSIZE + 1) != NUL * BLOCKSIZE:
        raise Refused(f"The backup is damaged {where}.")


def _head(name: str, size: int) -> bytes:
    info = TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(GNU_FORMAT, "ascii", "strict")


def _member_of(head: bytes) -> tuple[str, int] | None:
    """Name and length, if this is exactly the head that we would write for them."""
    try:
        info = TarInfo.frombuf(head, "ascii", "strict")
    except (HeaderError, ValueError):
        return None
    if not _NAME.fullmatch(info.name) or info.size < 0 or _head(info.name, info.size) != head:
        return None
    return info.name, info.size


def _padding(size: int) -> bytes:
    return NUL * (-size % BLOCKSIZE)
