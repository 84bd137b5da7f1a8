"""Fetching the pictures of texts from their provider: sealed as they come, cleaned, and put into
the case as what its reporter adds.

Each text's pictures are taken for a while before the provider is called; whoever is killed in
between leaves them to be fetched again, and what was staged is swept. They are in the case once:
the row that awaits them goes in the same transaction.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Protocol

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from intake.attachments.file_type import Refusal
from intake.attachments.store import FileStore
from intake.attachments.stored_file import StoredFile
from intake.attachments.taking import take
from intake.attachments.upload import Allotment, Upload
from intake.cases.awaited_pictures import AwaitedPictures
from intake.cases.case import Case
from intake.rules.sending import MOST_TRIES, pause
from intake.text_pictures import addresses_of, put_pictures
from intake.vault.vault import DoesNotOpen
from portal.foundation import clock
from portal.foundation.database import Database
from portal.foundation.logs import log_error

_MOST_SECONDS = 60.0
# Longer than ten pictures may take.
_LEASE = timedelta(minutes=20)
# A provider may show a picture later than he hands its text over.
_BELIEVED_GONE = 3
# No pause is as long: the clock has been set back since.
_FARTHEST = timedelta(hours=12)
_chance = secrets.SystemRandom().random
# What stands in the way of a picture for a while, and not because of the picture.
_FOR_NOW = frozenset({Refusal.BUSY, Refusal.NO_ROOM})


class Fetched(Enum):
    """What came of asking for a picture. `GONE`: the provider says that it has none; `LATER`: he
    didn't say."""

    HERE = "here"
    GONE = "gone"
    LATER = "later"


class PictureSource(Protocol):
    """A provider that keeps the pictures of texts. It never raises, and takes less than a minute
    for each."""

    def fetch(self, address: str, into: Upload) -> Fetched:
        """Write a picture into an upload, as far as that takes it."""


class NotNow(Exception):
    """A picture can't be had for now; it is asked for so many times in all."""

    def __init__(self, most_tries: int) -> None:
        super().__init__()
        self.most_tries = most_tries


@dataclass(frozen=True)
class Cleaning:
    """What it takes to make a file of a picture: who has it, where it is kept, and the folder of
    the lock by which one file is cleaned at a time."""

    source: PictureSource
    store: FileStore
    lock_folder: Path


@dataclass(frozen=True)
class Taken:
    """The pictures of one text in the hands of one worker; `tries` counts this one."""

    row_id: int
    tries: int
    addresses: Sequence[str] = field(repr=False)


def fetch_pictures(database: Database, *, source: PictureSource, lock_folder: Path) -> int:
    """Fetch the pictures that are due; returns how many texts were done with."""
    done, ends_at = 0, time.monotonic() + _MOST_SECONDS
    cleaning = Cleaning(source, database.session_info["files"], lock_folder)
    while time.monotonic() < ends_at:
        taken = _take_next(database)
        if taken is None:
            break
        done += _put_down(database, taken, _fetch(cleaning, taken))
    return done


def _take_next(database: Database) -> Taken | None:
    with database.reading() as session:
        if _due(session) is None:
            return None
    with database.writing() as session:
        row = _due(session, hold=True)
        if row is None:
            return None
        row.tries += 1
        row.next_at = clock.now() + _LEASE
        try:
            addresses = addresses_of(session, session.get_one(Case, row.case_id), row)
        except DoesNotOpen as error:
            log_error(error)
            addresses = []
        return Taken(row.id, row.tries, addresses)


def _due(session: Session, *, hold: bool = False) -> AwaitedPictures | None:
    now = clock.now()
    due = (
        select(AwaitedPictures)
        .where(or_(AwaitedPictures.next_at <= now, AwaitedPictures.next_at > now + _FARTHEST))
        .order_by(AwaitedPictures.next_at)
        .limit(1)
    )
    return session.scalars(due.with_for_update(skip_locked=True) if hold else due).first()


def _fetch(cleaning: Cleaning, taken: Taken) -> list[StoredFile] | None:
    """The pictures of a text that could be had; None where it is too early to say. The last time
    counts, whatever stands in the way."""
    files, allotment = [], Allotment()
    for place, address in enumerate(taken.addresses, start=1):
        try:
            file = _one(cleaning, address, Upload(cleaning.store, allotment), f"短信图片{place}")
        except NotNow as refusal:
            if taken.tries < refusal.most_tries:
                return None
            continue
        files += [file] if file else []
    return files


def _one(cleaning: Cleaning, address: str, upload: Upload, name: str) -> StoredFile | None:
    """One picture, cleaned and sealed; None where it isn't taken. Raises NotNow."""
    with upload:
        came = cleaning.source.fetch(address, upload)
        if came is not Fetched.HERE:
            raise NotNow(_BELIEVED_GONE if came is Fetched.GONE else MOST_TRIES)
        taken = take(upload, name, cleaning.store, cleaning.lock_folder)
    if isinstance(taken, StoredFile):
        return taken
    if taken.why in _FOR_NOW:
        raise NotNow(MOST_TRIES)
    return None


def _put_down(database: Database, taken: Taken, files: Sequence[StoredFile] | None) -> bool:
    """Put into the case what came, unless somebody took the row after its lease ran out; says
    whether the text is done with."""
    with database.writing() as session:
        wanted = select(AwaitedPictures).where(AwaitedPictures.id == taken.row_id)
        row = session.scalars(wanted.with_for_update()).first()
        if row is None or row.tries != taken.tries:
            return False
        if files is None:
            row.next_at = clock.now() + pause(taken.tries, _chance())
            return False
        put_pictures(session, row, files, lost=max(1, len(taken.addresses)) - len(files))
    return True
