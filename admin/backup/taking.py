"""Taking a backup beside the running product: one file, without a key, read back before it counts.

What was acknowledged before its moment is in it: texts that wait in the spool are copied first,
then the database as it stands, then the files, of which each lies in the store before the database
refers to it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import BinaryIO

from sqlalchemy.exc import SQLAlchemyError

from admin.backup import postgres_side, sqlite_side
from admin.backup.archive import PIECE, ArchiveWriter, Member
from admin.backup.checking import check, digest_line
from admin.backup.manifest import Manifest
from admin.backup.refused import Refused
from admin.backup.snapshot import References, Snapshot, standing
from intake.attachments.store import PREFIXES, FileStore
from intake.sms.spool import all_kept
from portal.foundation import clock
from portal.foundation.folders import sync_folder
from portal.foundation.settings import Settings


def take_backup(settings: Settings, file: Path) -> Manifest:
    """Take a backup into a new file; returns what it says of itself.

    Raises:
        Refused: there is no database, a tool lacks, or the file can't be written or read back.
    """
    if file.exists():
        raise Refused(f"{file} is there already; a backup is never written over another.")
    try:
        with TemporaryDirectory(prefix=".backup-", dir=file.parent) as beside:
            unfinished = Path(beside, "whole.tar")
            manifest = _write(settings, unfinished)
            if check(unfinished) != manifest:
                raise Refused("What was read back isn't what was written.")
            os.replace(unfinished, file)
            sync_folder(file.parent)
    except OSError as error:
        raise Refused(f"{file} can't be written: {error.strerror}.") from error
    except SQLAlchemyError as error:
        # What the driver says may hold the password of the address.
        raise Refused(f"The database doesn't answer: {type(error).__name__}.") from None
    return manifest


def _write(settings: Settings, file: Path) -> Manifest:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream, TemporaryFile() as listed:
        manifest = _Taking(settings, stream, listed).take(file.parent)
        stream.flush()
        os.fsync(stream.fileno())
    return manifest


class _Taking:
    """One backup that is being written, and what was counted on the way."""

    def __init__(self, settings: Settings, stream: BinaryIO, listed: BinaryIO) -> None:
        self._settings, self._listed = settings, listed
        self._archive = ArchiveWriter(stream)
        self._files = FileStore(settings.files_dir)
        self._members = self._texts = self._stored = self._lacking = self._unreferenced = 0

    def take(self, beside: Path) -> Manifest:
        """Write every member."""
        taken_at = clock.now().isoformat()
        for file in all_kept(self._settings.spool_dir):
            self._texts += self._add_file(f"files/spool/{file.name}", file)
        sqlite = self._settings.is_sqlite
        snapshot_of = sqlite_side.snapshot if sqlite else postgres_side.snapshot
        with snapshot_of(self._settings, beside) as snapshot:
            stands = standing(snapshot.connection)
            self._add(snapshot.member, snapshot.pieces)
            self._add_stored(snapshot)
        listed = self._add_list()
        manifest = Manifest(
            database="sqlite" if sqlite else "postgresql",
            **stands._asdict(),
            taken_at=taken_at,
            files=self._stored,
            texts=self._texts,
            lacking=self._lacking,
            unreferenced=self._unreferenced,
            members=self._members,
            members_sha256=listed.sha256,
        )
        self._close(manifest)
        return manifest

    def _add(self, name: str, pieces: Iterable[bytes]) -> None:
        self._listed.write(self._archive.add(name, pieces).line)
        self._members += 1

    def _add_file(self, name: str, path: Path) -> int:
        """Copy a file that never changes; returns 1, or 0 where it is gone by now."""
        try:
            stream = path.open("rb")
        except FileNotFoundError:
            return 0
        with stream:
            self._add(name, _pieces(stream))
        return 1

    def _add_stored(self, snapshot: Snapshot) -> None:
        """Copy what lies in the store, the new ones first: they may be settled meanwhile."""
        new = {
            path.name
            for path in self._files.new_files()
            if self._add_file(f"files/new/{path.name}", path)
        }
        self._stored += len(new)
        references = References(snapshot.connection)
        for prefix in PREFIXES:
            names = {name for name in new if name.startswith(prefix)}
            for path in sorted(self._files.settled_files(prefix)):
                if path.name not in new and self._add_file(f"files/{prefix}/{path.name}", path):
                    names.add(path.name)
                    self._stored += 1
            lacking, unreferenced = references.strays(prefix, names)
            self._lacking += lacking
            self._unreferenced += unreferenced

    def _add_list(self) -> Member:
        self._listed.seek(0)
        return self._archive.add("members.txt", _pieces(self._listed))

    def _close(self, manifest: Manifest) -> None:
        raw = manifest.to_bytes()
        self._archive.add("manifest.json", [raw])
        self._archive.add("manifest.sha256", [digest_line(raw)])
        self._archive.end()


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        yield piece
