"""Reading letters: who sees which."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.hand import Hand
from admin.shirking import letter_texts
from admin.shirking.letter import Letter, LetterState
from admin.shirking.letter_texts import Opened
from portal.foundation import clock
from portal.foundation.long_list import LongList

_UNSENT = (LetterState.DRAFTED, LetterState.DROPPED)


class NoSuchLetter(LookupError):
    """There is none, or none that this person may see: nobody is told which."""


@dataclass(frozen=True)
class LetterFile:
    """One letter, opened."""

    letter: Letter
    texts: tuple[Opened, ...]


def visible(access: Access) -> ColumnElement[bool]:
    """The condition under which a letter exists for this person: the office's all but those to a
    unit that he serves, too; to a unit those that were sent to it."""
    sent = and_(Letter.unit_code.in_(access.desks), Letter.state.not_in(_UNSENT))
    others = Letter.unit_code.not_in(access.units - {access.office_code})
    return or_(sent, others) if access.as_office else sent


def find_letter(session: Session, access: Access, key: str, *, to_change: bool = False) -> Letter:
    """The letter of that key. `to_change` holds the row: the later of two writers waits.

    Raises:
        NoSuchLetter: there is none, or not for this person.
    """
    wanted = select(Letter).where(Letter.key == key, visible(access))
    letter = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    if letter is None:
        raise NoSuchLetter(key)
    return letter


def open_letter(session: Session, access: Access, key: str, hand: Hand) -> LetterFile:
    """A letter with its texts.

    Raises:
        NoSuchLetter: see `find_letter`.
    """
    letter = find_letter(session, access, key)
    return LetterFile(letter, tuple(letter_texts.read(session, letter, hand)))


def letters(session: Session, access: Access) -> LongList[Letter]:
    """The letters that this person may see, the newest first."""
    wanted = select(Letter).where(visible(access), Letter.state != LetterState.DROPPED)
    return LongList(session, wanted.order_by(Letter.id.desc()), lambda row: row.Letter)


def count_waiting(session: Session) -> tuple[int, int]:
    """For the office: how many drafts wait for the head, and how many units are late with their
    answer."""
    drafts = select(func.count()).where(Letter.state == LetterState.DRAFTED)
    late = select(func.count()).where(
        Letter.state == LetterState.SENT, Letter.answer_by < clock.today()
    )
    return session.scalar(drafts) or 0, session.scalar(late) or 0
