"""Photographs that prove what people write (证明材料): one sample picture, cleaned as the pages
clean what is sent, and put into the store anew each time."""

from __future__ import annotations

import random
import struct
import zlib
from functools import cached_property

from intake.attachments.cleaning import clean
from intake.attachments.file_type import FileType
from intake.attachments.refusal import Refusal
from intake.attachments.store import FileStore
from intake.attachments.stored_file import StoredFile
from intake.vault.sealed_file import fresh_key
from portal.foundation.settings import Settings

_WIDTH, _HEIGHT = 320, 240
_PAPER, _LINE = b"\xf4\xf1\xe8", b"\x8a\x93\xa0"


class Photographs:
    """Where they are put. Chance of its own says who has one, so that nothing else that happens
    depends on it."""

    def __init__(self, settings: Settings, seed: int) -> None:
        self._settings = settings
        self._store = FileStore(settings.files_dir)
        self._chance = random.Random(seed)  # noqa: S311 - a play, no secret.

    def perhaps(self, share: float) -> tuple[StoredFile, ...]:
        """One in this share of the times, else none."""
        return (self._put(),) if self._chance.random() < share else ()

    @cached_property
    def _cleaned(self) -> bytes:
        found = clean(sheet_of_paper(), FileType.PNG, lock_folder=self._settings.database_dir)
        if isinstance(found, Refusal):
            raise RuntimeError(f"The sample photograph wasn't taken: {found}")
        return found

    def _put(self) -> StoredFile:
        content, key = self._cleaned, fresh_key()
        file = self._store.new(key)
        try:
            file.write(content)
            file.keep()
        finally:
            file.throw_away()
        return StoredFile("样例.png", FileType.PNG.becomes, len(content), "", file.name, key)


def sheet_of_paper() -> bytes:
    """A picture of a list on paper, as PNG."""
    lines = (_LINE if y % 24 == 12 else _PAPER for y in range(_HEIGHT))
    rows = b"".join(b"\0" + _PAPER * 20 + line * (_WIDTH - 40) + _PAPER * 20 for line in lines)
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
