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
from typing import BinaryIO, NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from admin.backup import postgres_side, sqlite_side
from admin.backup.archive import PIECE, ArchiveWriter, Member
from admin.backup.checking import check, digest_line
from admin.backup.manifest import Manifest
from admin.backup.plain_files import NotPlain, plain_file, plain_folder
from admin.backup.refused import Refused
from admin.backup.snapshot import References, Snapshot, standing
from intake.attachments.store import PREFIXES, FileStore
from intake.sms.spool import all_kept
from portal.foundation import clock
from portal.foundation.folders import sync_folder
from portal.foundation.settings import Settings


class Taken(NamedTuple):
    """A backup's manifest, and how many things were left out that bear a file's name in the store
    or the spool and aren't plain files."""

    manifest: Manifest
    skipped: int


def take_backup(settings: Settings, file: Path) -> Taken:
    """Take a backup into a new file.

    Raises:
        Refused: there is no database, a tool lacks, a folder of files is a link, or the file can't
            be written or read back.
    """
    if file.exists():
        raise Refused(f"{file} is there already; a backup is never written over another.")
    try:
        with TemporaryDirectory(prefix=".backup-", dir=file.parent) as beside:
            unfinished = Path(beside, "whole.tar")
            taken = _write(settings, unfinished)
            if check(unfinished) != taken.manifest:
                raise Refused("What was read back isn't what was written.")
            os.replace(unfinished, file)
            sync_folder(file.parent)
    except OSError as error:
        raise Refused(f"{file} can't be written: {error.strerror}.") from error
    except SQLAlchemyError as error:
        # What the driver says may hold the password of the address.
        raise Refused(f"The database doesn't answer: {type(error).__name__}.") from None
    return taken


def _write(settings: Settings, file: Path) -> Taken:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream, TemporaryFile() as listed:
        taking = _Taking(settings, stream, listed)
        manifest = taking.take(file.parent)
        stream.flush()
        os.fsync(stream.fileno())
    return Taken(manifest, taking.skipped)


class _Taking:
    """One backup that is being written, and what was counted on the way."""

    def __init__(self, settings: Settings, stream: BinaryIO, listed: BinaryIO) -> None:
        self._settings, self._listed = settings, listed
        self._archive = ArchiveWriter(stream)
        self._files = FileStore(settings.files_dir)
        self.skipped = 0
        self._members = self._texts = self._stored = self._lacking = self._unreferenced = 0

    def take(self, beside: Path) -> Manifest:
        """Write every member."""
        taken_at = clock.now().isoformat()
        spool = self._settings.spool_dir
        self._texts = len(self._add_files("files/spool", spool, all_kept(spool)))
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

    def _add_files(self, into: str, folder: Path, files: Iterable[Path]) -> set[str]:
        """Copy files that never change out of one folder; returns the names of those that weren't
        gone by then."""
        with plain_folder(folder) as handle:
            if handle is None:
                return set()
            return {one.name for one in files if self._add_file(into, handle, one.name)}

    def _add_file(self, into: str, folder: int, name: str) -> bool:
        try:
            stream = plain_file(folder, name)
        except FileNotFoundError:
            return False
        except NotPlain:
            self.skipped += 1
            return False
        with stream:
            self._add(f"{into}/{name}", _pieces(stream))
        return True

    def _add_stored(self, snapshot: Snapshot) -> None:
        """Copy what lies in the store, the new ones first: they may be settled meanwhile."""
        store = self._settings.files_dir
        new = self._add_files("files/new", store / "new", self._files.new_files())
        self._stored += len(new)
        references = References(snapshot.connection)
        for prefix in PREFIXES:
            names = {name for name in new if name.startswith(prefix)}
            found = sorted(self._files.settled_files(prefix))
            settled = (path for path in found if path.name not in new)
            added = self._add_files(f"files/{prefix}", store / prefix, settled)
            self._stored += len(added)
            names |= added
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
