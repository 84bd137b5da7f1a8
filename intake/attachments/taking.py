"""Take a file that came with a form: recognise it by what is in it, clean it, keep it sealed; or
say why not."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from intake.attachments.cleaning import clean
from intake.attachments.file_type import FileType, Refusal, recognise
from intake.attachments.store import FileStore
from intake.attachments.stored_file import LeftOut, StoredFile
from intake.attachments.upload import Upload
from intake.vault.sealed_file import fresh_key


class Named(NamedTuple):
    """What a file was called, and the digest of what was sent."""

    name: str
    digest: str


def take(upload: Upload, name: str, store: FileStore, lock_folder: Path) -> StoredFile | LeftOut:
    """Keep what arrived, sealed. Images, PDF and office files are cleaned in memory first; sound
    and film are kept as they are. Asked again of the same upload, it says the same."""
    if upload.outcome is None:
        upload.outcome = _take(upload, name, store, lock_folder)
    return upload.outcome


def _take(upload: Upload, name: str, store: FileStore, lock_folder: Path) -> StoredFile | LeftOut:
    found, file = _recognised(upload), upload.file
    if isinstance(found, Refusal) or file is None:
        upload.let_go()
        return LeftOut(name, found if isinstance(found, Refusal) else Refusal.NO_ROOM)
    try:
        if found.is_cleaned:
            sent = file.read_back()
            upload.let_go()
            return _cleaned(sent, found, Named(name, upload.digest), store, lock_folder)
        file.keep()
    except OSError:
        # The disk filled up meanwhile.
        upload.let_go()
        return LeftOut(name, Refusal.NO_ROOM)
    return StoredFile(name, found, file.size, upload.digest, file.name, upload.key)


def _recognised(upload: Upload) -> FileType | Refusal:
    for is_so, why in (
        (upload.too_many, Refusal.TOO_MANY),
        (upload.too_large, Refusal.TOO_LARGE),
        (upload.too_much, Refusal.TOO_MUCH),
        (upload.no_room, Refusal.NO_ROOM),
    ):
        if is_so:
            return why
    return recognise(upload.head, upload.tail)


def _cleaned(
    sent: bytes, found: FileType, named: Named, store: FileStore, lock_folder: Path
) -> StoredFile | LeftOut:
    clean_bytes = clean(sent, found, lock_folder=lock_folder)
    if isinstance(clean_bytes, Refusal):
        return LeftOut(named.name, clean_bytes)
    key = fresh_key()
    file = store.new(key)
    try:
        file.write(clean_bytes)
        file.keep()
    finally:
        file.throw_away()
    return StoredFile(named.name, found.becomes, len(clean_bytes), named.digest, file.name, key)
