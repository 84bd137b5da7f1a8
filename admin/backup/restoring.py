"""Restoring a backup on a machine that has no data yet.

All of it is read and checked first; then everything is laid beside its place, checked again with
the key that is there, and put in place last: files first, the database after them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy.exc
from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.orm import Session

from admin.accounts.credential import Credential
from admin.accounts.staff_session import StaffSession
from admin.backup import postgres_side, sqlite_side
from admin.backup.archive import ReadMember
from admin.backup.checking import check
from admin.backup.manifest import Manifest
from admin.backup.refused import Refused
from admin.backup.snapshot import References
from admin.system.event_audit import BrokenChain, verify
from admin.system.set_up import knows_schema
from intake.attachments.store import PREFIXES, FileStore
from intake.cases.case import Case
from intake.cases.event import EventHead, record
from intake.cases.receipt import Receipt
from intake.vault import key_files
from intake.vault.fitting import KeyDoesNotFit, await_key, check_fit, stop_awaiting, vault_at_hand
from intake.vault.unit_key import units_without_key
from intake.vault.vault import Vault
from portal.foundation.database import writing_inside
from portal.foundation.folders import sync_folder
from portal.foundation.restore_rooms import refuse_while_restoring, restore_rooms
from portal.foundation.settings import Settings, UnusableSetting


@dataclass(frozen=True)
class Restored:
    """What was restored. `lacking` files are referred to and weren't in the backup, nothing refers
    to `unreferenced` ones, such as those of forms that weren't sent by then; `keys_fit` is False
    where no master key is there yet."""

    manifest: Manifest
    cases: int
    receipts: int
    lacking: int
    unreferenced: int
    keys_fit: bool


def restore(settings: Settings, file: Path) -> Restored:
    """Restore a backup where no data is yet.

    Raises:
        Refused: there is data, the backup is damaged, newer than this version or of another
            database, or the master key that is here belongs to other data. Nothing was written.
    """
    side = sqlite_side if settings.is_sqlite else postgres_side
    try:
        refuse_while_restoring(settings)
        side.refuse_unless_empty(settings)
        _refuse_files(settings.files_dir)
        vault = vault_at_hand(settings)
        checked = check(file)
        _refuse_unusable(checked, settings)
        with _room_beside(settings) as rooms:
            return _Restoring(settings, vault, *rooms).restore(file, checked)
    except UnusableSetting as unusable:
        raise Refused(str(unusable)) from None
    except OSError as error:
        raise Refused(f"Can't be restored: {error.strerror}: {error.filename}.") from error
    except sqlalchemy.exc.SQLAlchemyError as error:
        # What the driver says may hold rows, or the password of the address.
        raise Refused(f"The database can't be restored: {type(error).__name__}.") from None


class _Restoring:
    """One backup that is being laid beside its place."""

    def __init__(
        self, settings: Settings, vault: Vault | None, database_room: Path, files_room: Path
    ) -> None:
        self._settings, self._vault = settings, vault
        self._database_room, self._files_room = database_room, files_room
        self._packed = Path()
        self._placed: list[Path] = []

    def restore(self, file: Path, checked: Manifest) -> Restored:
        """Lay it beside, check it, put it in place; what was put is taken back where that fails."""
        if check(file, self._lay_down) != checked:
            raise Refused(f"{file} was changed while it was read.")
        os.sync()
        loaded = sqlite_side.loaded if self._settings.is_sqlite else postgres_side.loaded
        try:
            with loaded(self._settings, self._packed, checked.schema) as connection:
                restored = self._look_at(connection, checked)
                self._put_files()
        except BaseException:
            for place in self._placed:
                shutil.rmtree(place)
            stop_awaiting(self._settings)
            raise
        if self._vault is not None:
            key_files.pin_anew(self._settings)
        return restored

    def _lay_down(self, member: ReadMember) -> None:
        """Write a member beside its place, under the name that it has in the backup."""
        folder, _, name = member.name.rpartition("/")
        room = self._files_room / folder.removeprefix("files/") if folder else self._database_room
        if not folder:
            self._packed = room / name
        if not room.exists():
            room.mkdir(mode=0o700)
        handle = os.open(room / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            for piece in member.pieces():
                stream.write(piece)

    def _look_at(self, connection: Connection, manifest: Manifest) -> Restored:
        """Hold the database against the key and against its own chain, and note that it was
        restored; sessions and one-time links that were good then are over."""
        lacking, unreferenced = self._strays(connection)
        with writing_inside(connection, vault=self._vault) as session:
            self._check(session, manifest)
            session.execute(delete(StaffSession))
            session.execute(
                update(Credential).values(
                    enrolment_hash=None, enrolment_expires_at=None, enrolment_word=None
                )
            )
            record(session, "restored", events=manifest.events, sha256=manifest.sha256)
            if self._vault is None:
                await_key(session, self._settings)
            return Restored(
                manifest,
                session.scalar(select(func.count()).select_from(Case)) or 0,
                session.scalar(select(func.count()).select_from(Receipt)) or 0,
                lacking,
                unreferenced,
                self._vault is not None,
            )

    def _check(self, session: Session, manifest: Manifest) -> None:
        if units_without_key(session):
            raise Refused("The backup holds units without a key, which we don't make.")
        try:
            if self._vault is not None:
                check_fit(session, self._settings)
            events = verify(session, signatures=self._vault is not None)
        except KeyDoesNotFit:
            raise Refused(
                f"The key doesn't belong to this data: {self._settings.master_key_file}."
            ) from None
        except BrokenChain as broken:
            raise Refused(f"The chain of events is broken: {broken}") from None
        head = session.scalars(select(EventHead)).one()
        if (events, head.digest.hex()) != (manifest.events, manifest.head):
            raise Refused("The chain of events doesn't end as manifest.json says.")

    def _strays(self, connection: Connection) -> tuple[int, int]:
        store, references = FileStore(self._files_room), References(connection)
        new = {path.name for path in store.new_files()}
        found = [
            references.strays(
                prefix,
                {name for name in new if name.startswith(prefix)}
                | {path.name for path in store.settled_files(prefix)},
            )
            for prefix in PREFIXES
        ]
        return sum(lacking for lacking, _ in found), sum(unreferenced for _, unreferenced in found)

    def _put_files(self) -> None:
        """Put the folders of files where they belong."""
        target = self._settings.files_dir
        for folder in self._files_room.iterdir():
            place = target / folder.name
            if place.exists():
                place.rmdir()
            os.rename(folder, place)
            self._placed.append(place)
        sync_folder(target)


def _refuse_files(folder: Path) -> None:
    found = next((one for one in folder.rglob("*") if not one.is_dir()), None)
    if found is not None:
        raise Refused(f"There are files already: {found}. Nothing is written over them.")


def _refuse_unusable(manifest: Manifest, settings: Settings) -> None:
    kind = "sqlite" if settings.is_sqlite else "postgresql"
    if manifest.database != kind:
        raise Refused(f"The backup is of {manifest.database}, and DATABASE_URL names {kind}.")
    if not knows_schema(manifest.schema):
        raise Refused(
            f"The backup's schema {manifest.schema} is newer than this version: install the "
            "version that made it, or a newer one."
        )


@contextmanager
def _room_beside(settings: Settings) -> Iterator[tuple[Path, Path]]:
    """The rooms of a restore, gone afterwards. Where two begin at once, one fails."""
    rooms = restore_rooms(settings)
    made: list[Path] = []
    try:
        for room in rooms:
            # Whoever makes folders on the way makes them for everybody.
            for folder in (settings.data_dir, room.parent):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            room.mkdir(mode=0o700)
            made.append(room)
        yield rooms
    finally:
        for room in made:
            shutil.rmtree(room, ignore_errors=True)
