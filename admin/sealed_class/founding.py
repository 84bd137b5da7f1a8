"""Founding the sealed class (密件), and taking it up again on a machine that was restored."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.orm import Session

from admin.sealed_class.sealed_reader import SealedReader
from intake import correspondence
from intake.cases.case import Case
from intake.cases.event import record
from intake.dates import set_dates
from intake.heeding import move_on
from intake.sealing_off import seal_off
from intake.vault import key_files
from intake.vault.class_key import (
    ClassKey,
    class_key,
    is_founded,
    new_class_key,
    open_by_recovery,
    signed_part,
)
from intake.vault.compartment import CompartmentKey
from intake.vault.fresh_box import held_by_units
from intake.vault.holders import SEALED
from intake.vault.sealing import DoesNotOpen, KeyPair
from intake.vault.vault import vault_of
from portal.campaign.book import Book
from portal.foundation.settings import Settings


class FoundedBefore(Exception):
    """The class has a key that somebody reads by, or that cases are sealed to: a second one
    couldn't open what the first does."""


class WrongClassRecoveryKey(Exception):
    """What was typed isn't the recovery key of this class."""


def found_class(session: Session, printed: bytes) -> KeyPair:
    """Make the class's key, sealed to the public half of a recovery key whose private half is
    printed and stored nowhere. Returns the class's pair, which nobody keeps either. A key that
    nobody has used yet, as after a founding that was killed, is given up for it.

    Raises:
        FoundedBefore: see there.
    """
    if _is_used(session):
        raise FoundedBefore
    session.execute(delete(ClassKey))
    pair = new_class_key(session, printed)
    session.flush()
    record(session, "sealed_class_founded")
    return pair


def _is_used(session: Session) -> bool:
    wrapped = select(CompartmentKey.holder).where(CompartmentKey.holder == SEALED).limit(1)
    read = select(SealedReader.staff_id).limit(1)
    return any(session.scalars(one).first() is not None for one in (wrapped, read))


def pin_class(settings: Settings, printed: bytes) -> None:
    """Trust the class from now on, once its row is stored and the key was shown: whoever is killed
    before that founds it once more."""
    key_files.pin_discipline(settings, printed)


def take_up_again(session: Session, printed: KeyPair) -> None:
    """Trust the class's key on a machine that doesn't, as the printed recovery key shows it: what
    the database says of the public half counts for nothing.

    Raises:
        WrongClassRecoveryKey: see there; nothing was changed.
    """
    key = class_key(session)
    if key is None:
        raise WrongClassRecoveryKey
    try:
        open_by_recovery(key, printed)
    except DoesNotOpen:
        raise WrongClassRecoveryKey from None
    key.signature = vault_of(session).sign(signed_part(key.public_key))
    record(session, "sealed_class_taken_up")


def seal_off_earlier(session: Session, book: Book) -> int:
    """Mark what belongs to the class and came before it was known here, and take it from whoever
    has it; returns how many. Keys follow by `hand_to_class`."""
    marked = 0
    for case in session.scalars(select(Case).where(Case.barred, ~Case.sealed).order_by(Case.id)):
        seal_off(session, case, book)
        if case.sealed:
            marked += 1
            move_on(session, case, book)
            case.rewrap_due = False
            set_dates(session, case, book)
    session.flush()
    return marked


def hand_to_class(session: Session, book: Book, *, most: int = 100) -> int:
    """Seal to the class what other keys still open of its cases, and delete those wraps; returns of
    how many cases. Needs the master key; what only the class opens is left as it is."""
    if not is_founded(session):
        return 0
    some = select(Case).where(held_by_others()).order_by(Case.id).limit(most)
    cases = session.scalars(some.with_for_update()).all()
    for case in cases:
        correspondence.rewrap(session, case, book)
    session.flush()
    return len(cases)


def held_by_others() -> ColumnElement[bool]:
    """The condition under which somebody else than its class and its reporter holds a sealed
    case."""
    held = held_by_units("case:" + Case.number)
    return and_(Case.sealed, held.correlate(Case).exists())
