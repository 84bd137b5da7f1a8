"""Who reads the sealed class (密件): coming in by the printed key or by another reader, unlocking,
changing one's passphrase, being taken off.

What a passphrase or a code opens is worked out before `writing()`, since that takes half a second;
the acts themselves get the opened pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from admin.accounts.sealed_unlock import SealedUnlock
from admin.sealed_class.sealed_reader import SealedInvitation, SealedReader
from admin.sealed_class.standing import may_read
from intake.cases.event import record
from intake.vault.archive import fresh_passphrase
from intake.vault.class_key import (
    class_key,
    lock_private,
    open_by_recovery,
    unlock_private,
)
from intake.vault.passphrase import Cost, fresh_salt, key_of_passphrase, key_of_secret
from intake.vault.sealing import DoesNotOpen, KeyPair
from portal.campaign.book import Book
from portal.foundation import clock
from portal.foundation.staff import Staff

# Long enough to walk over to somebody's desk on the next working day but a weekend.
INVITED_FOR = timedelta(hours=24)
_CODE = "sealed-invite"


class NoReader(LookupError):
    """This person isn't a reader, or his post lets him be none."""


class WrongPassphrase(Exception):
    """The passphrase, code or key doesn't open the class."""


@dataclass(frozen=True)
class Locked:
    """The class's private half under a fresh passphrase, not stored yet."""

    salt: bytes
    cost: Cost
    blob: bytes

    @classmethod
    def under(cls, passphrase: str, pair: KeyPair, staff_id: int, cost: Cost = Cost()) -> Locked:  # noqa: B008  # nothing can change it
        """Lock it, slowly."""
        salt = fresh_salt()
        secret = key_of_passphrase(passphrase, salt, cost)
        return cls(salt, cost, lock_private(secret, pair, _bound(staff_id)))


def opened_by_passphrase(session: Session, staff_id: int, typed: str) -> KeyPair:
    """The class's pair by a reader's passphrase, slowly.

    Raises:
        NoReader, WrongPassphrase: see there.
    """
    reader = session.get(SealedReader, staff_id)
    if reader is None:
        raise NoReader(staff_id)
    secret = key_of_passphrase(typed, reader.salt, reader.cost)
    return _opened(session, secret, reader.locked, _bound(staff_id))


def opened_by_code(session: Session, staff_id: int, typed: str) -> KeyPair:
    """The class's pair by the code that another reader told this person. Raises WrongPassphrase."""
    invited = session.get(SealedInvitation, staff_id)
    if invited is None or invited.until <= clock.now():
        raise WrongPassphrase
    return _opened(session, key_of_secret(_CODE, _plain(typed)), invited.locked, _bound(staff_id))


def opened_by_printed_key(session: Session, printed: KeyPair) -> KeyPair:
    """The class's pair by its printed recovery key. Raises WrongPassphrase."""
    key = class_key(session)
    if key is None:
        raise WrongPassphrase
    try:
        return open_by_recovery(key, printed)
    except DoesNotOpen:
        raise WrongPassphrase from None


def become_reader(
    session: Session, staff: Staff, book: Book, locked: Locked, *, let_in_by: int | None
) -> None:
    """Make somebody a reader, or give a reader a new passphrase; what was unlocked by the former
    one is locked again.

    Raises:
        NoReader: his post doesn't let him be one.
    """
    if not may_read(staff, book):
        raise NoReader(staff.id)
    found = session.get(SealedReader, staff.id)
    if found is None:
        found = SealedReader(staff_id=staff.id, let_in_by=let_in_by, since=clock.now())
        session.add(found)
        record(session, "sealed_reader_added", by=staff.id, staff=staff.id)
    else:
        record(session, "sealed_passphrase_changed", by=staff.id)
    found.salt, found.locked = locked.salt, locked.blob
    found.passes, found.memory = locked.cost.passes, locked.cost.memory
    session.execute(delete(SealedInvitation).where(SealedInvitation.staff_id == staff.id))
    session.execute(delete(SealedUnlock).where(SealedUnlock.staff_id == staff.id))
    session.flush()


def is_reader(session: Session, staff_id: int) -> bool:
    """Whether somebody has a passphrase, wherever his posts are; held, so that nobody takes him off
    meanwhile."""
    return session.get(SealedReader, staff_id, with_for_update=True) is not None


def who_invited(session: Session, staff_id: int) -> int | None:
    """Which reader is letting somebody in."""
    found = session.get(SealedInvitation, staff_id)
    return found.invited_by if found else None


def is_invited(session: Session, staff_id: int) -> bool:
    """Whether a code of somebody's is still good."""
    found = session.get(SealedInvitation, staff_id)
    return found is not None and found.until > clock.now()


def invite(session: Session, pair: KeyPair, *, by: int, invited: Staff, book: Book) -> str:
    """Let a colleague in: returns a code, to be told to him by word of mouth, with which he chooses
    a passphrase of his own. An earlier code of his is worthless from then on.

    Raises:
        NoReader: his post doesn't let him be one.
    """
    if not may_read(invited, book):
        raise NoReader(invited.id)
    code = fresh_passphrase()
    secret = key_of_secret(_CODE, _plain(code))
    session.merge(
        SealedInvitation(
            staff_id=invited.id,
            invited_by=by,
            locked=lock_private(secret, pair, _bound(invited.id)),
            until=clock.now() + INVITED_FOR,
        )
    )
    record(session, "sealed_reader_invited", by=by, staff=invited.id)
    session.flush()
    return code


def take_off(session: Session, staff_id: int, *, by: int) -> None:
    """Say that somebody reads the class no more: what he unlocked is locked, whom he is letting in
    stays out. What he has read he has read.

    Raises:
        NoReader: he is none.
    """
    found = session.get(SealedReader, staff_id)
    if found is None:
        raise NoReader(staff_id)
    for table, column in (
        (SealedUnlock, SealedUnlock.staff_id),
        (SealedInvitation, SealedInvitation.invited_by),
    ):
        session.execute(delete(table).where(column == staff_id))
    session.delete(found)
    record(session, "sealed_reader_removed", by=by, staff=staff_id)
    session.flush()


def _opened(session: Session, secret: bytes, blob: bytes, bound_to: str) -> KeyPair:
    """A pair that isn't the class's own is nobody's: somebody wrote it into the database."""
    key = class_key(session)
    try:
        pair = unlock_private(secret, blob, bound_to)
    except DoesNotOpen:
        raise WrongPassphrase from None
    if key is None or pair.public != key.public_key:
        raise WrongPassphrase
    return pair


def _bound(staff_id: int) -> str:
    return f"reader|{staff_id}"


def _plain(typed: str) -> str:
    """A code as it was drawn: hyphens, spaces and small letters are forgiven."""
    return "".join(symbol for symbol in typed.upper() if symbol.isalnum())
