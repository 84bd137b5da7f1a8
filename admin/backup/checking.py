"""Reading a backup to its end and holding all of it against what it says of itself.

The list of members lies behind them, so that a backup is written and read in one go; what is read
is listed beside and compared line by line, in memory that doesn't grow with the number of files.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from admin.backup.archive import ReadMember, members
from admin.backup.manifest import Manifest
from admin.backup.refused import Refused

_LIST, _MANIFEST, _DIGEST = "members.txt", "manifest.json", "manifest.sha256"
_LONGEST_MANIFEST = 64 * 1024

# Takes a member's pieces, all of them.
Taker = Callable[[ReadMember], None]


def check(file: Path, take: Taker | None = None) -> Manifest:
    """Read a backup to its end. `take` is handed each member of the database and of the files, and
    must trust none before this has returned.

    Raises:
        Refused: something is damaged, cut off, lacking or not ours; the text names the member.
        OSError: the disk fails, or `take` could write no more.
    """
    try:
        stream = file.open("rb")
    except OSError as error:
        raise Refused(f"{file} can't be read: {error.strerror}.") from error
    with stream, TemporaryFile() as seen:
        # What was just written is to be read from the disk, not from memory.
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return _checked(members(stream), seen, take or _read_through)


def _checked(found: Iterator[ReadMember], seen: BinaryIO, take: Taker) -> Manifest:
    databases = 0
    for count, member in enumerate(found):
        if member.name == _LIST:
            return _closed(found, member, seen, count, databases)
        take(member)
        seen.write(member.checked.line)
        databases += member.name.startswith("database.")
    raise Refused("The backup is cut off: it has no list of its members.")


def _closed(
    found: Iterator[ReadMember], listed: ReadMember, seen: BinaryIO, count: int, databases: int
) -> Manifest:
    """Compare what was read with what lies behind it."""
    seen.seek(0)
    _compare(listed, seen)
    raw = _small(found, _MANIFEST)
    if _small(found, _DIGEST) != digest_line(raw):
        raise Refused(f"{_MANIFEST} isn't what {_DIGEST} says.")
    if next(found, None) is not None:
        raise Refused(f"The backup goes on after {_DIGEST}.")
    manifest = Manifest.from_bytes(raw)
    if (manifest.members, manifest.members_sha256) != (count, listed.checked.sha256):
        raise Refused(f"{_LIST} isn't the one that {_MANIFEST} names.")
    if databases != 1:
        raise Refused(f"The backup holds {databases} databases, not one.")
    return manifest


def digest_line(manifest: bytes) -> bytes:
    """What lies behind the manifest: the digest over all."""
    return f"{hashlib.sha256(manifest).hexdigest()}\n".encode()


def _compare(listed: ReadMember, seen: BinaryIO) -> None:
    """Raises Refused, naming the first member that isn't the one listed."""
    for line in _lines(listed):
        ours = seen.readline()
        if ours != line:
            name = ours.decode().split()[-1] if ours else _LIST
            raise Refused(f"{name} is damaged: it isn't what {_LIST} says.")
    if rest := seen.readline():
        raise Refused(f"{rest.decode().split()[-1]} isn't in {_LIST}.")


def _lines(member: ReadMember) -> Iterator[bytes]:
    left = b""
    for piece in member.pieces():
        *whole, left = (left + piece).split(b"\n")
        yield from (line + b"\n" for line in whole)
    if left:
        yield left


def _small(found: Iterator[ReadMember], name: str) -> bytes:
    member = next(found, None)
    if member is None or member.name != name or member.size > _LONGEST_MANIFEST:
        raise Refused(f"The backup is cut off: {name} isn't where it should be.")
    return b"".join(member.pieces())


def _read_through(member: ReadMember) -> None:
    for _piece in member.pieces():
        pass
