"""Turning the master key: a new one is laid beside its file, every key is locked under it in one
transaction, then its file takes the other's place.

Killed anywhere, either nothing is locked under the new one, or everything is and it lies beside the
old one still, where every process finds it (`intake/vault/master_keys.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from admin.keys.ring_rows import are_under, hold_ring, live_keys, lock_all, secret_of
from admin.keys.service import go_on, turn
from intake.cases.event import record
from intake.vault import key_files
from intake.vault.master_keys import master_id
from intake.vault.service_key import FOLLOWING, Purpose
from portal.foundation.database import Database
from portal.foundation.settings import Settings


class CannotLay(OSError):
    """The folder of the master key's file can't be written to."""


class TurnedMeanwhile(Exception):
    """Somebody else has turned the master key at the same time."""


def rotate_master(database: Database, settings: Settings) -> Iterator[str]:
    """Turn the master key, and whatever key follows from the one before: else who has that one
    could still open what such a key sealed. What an earlier call left is finished instead. Steps as
    of `rotate_service`.

    Raises:
        CannotLay, TurnedMeanwhile: see there; nothing was changed.
    """
    if finish_master(database, settings):
        yield "master: finished what was begun before"
    elif not _still_follow(database, settings):
        yield from _turn_master(database, settings)
    for purpose in FOLLOWING:
        yield from _turn_follower(database, settings, purpose)


def finish_master(database: Database, settings: Settings) -> bool:
    """Let a new key take its place where everything is locked under it already. Says whether."""
    file = settings.master_key_file
    if not key_files.next_of(file).exists():
        return False
    with database.writing() as session:
        hold_ring(session)
        beside = key_files.next_key(file)
        found = beside is not None and are_under(session, beside)
        if found:
            key_files.adopt_next(file)
    return found


def _turn_master(database: Database, settings: Settings) -> Iterator[str]:
    file = settings.master_key_file
    try:
        master = key_files.lay_next(file)
    except OSError as error:
        raise CannotLay(str(error)) from error
    yield f"master: a new key lies in {key_files.next_of(file)}"
    with database.writing() as session:
        hold_ring(session)
        if key_files.next_key(file) != master or are_under(session, master):
            raise TurnedMeanwhile
        former = key_files.read_key(file)
        lock_all(session, master)
        new_id, former_id = master_id(master), master_id(former)
        record(session, "key_rotated", purpose="master", key=new_id, former=former_id)
        yield "master: every key is locked under it"
    yield "master: and that is stored"
    finish_master(database, settings)
    yield f"master: new key {new_id} instead of {former_id}"


def _still_follow(database: Database, settings: Settings) -> bool:
    """Whether an earlier call was killed after the master key was turned and before the others."""
    with database.reading() as session:
        return any(_follows_former(session, settings, purpose) for purpose in FOLLOWING)


def _turn_follower(database: Database, settings: Settings, purpose: Purpose) -> Iterator[str]:
    with database.reading() as session:
        follows = _follows_former(session, settings, purpose)
    if follows:
        yield from turn(database, settings, purpose)
    else:
        yield from go_on(database, settings, purpose)


def _follows_former(session: Session, settings: Settings, purpose: Purpose) -> bool:
    """Whether the newest key of a purpose follows from a master key that isn't the present one."""
    present = key_files.read_key(settings.master_key_file)
    return any(
        key.follows_master and secret_of(session, key) != key_files.following(present, purpose)
        for key in live_keys(session, purpose)
        if key.replaced_at is None
    )
