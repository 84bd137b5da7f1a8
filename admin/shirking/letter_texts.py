"""Sealing and opening the sentences of a letter, in one compartment of office and unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.refusals import NeedsText
from admin.shirking.letter import Letter, LetterText, LetterTextKind
from intake.vault.compartment import Compartment, new_compartment, open_compartment
from portal.foundation import clock

_NAME = "letter"


@dataclass(frozen=True)
class Opened:
    """One opened text."""

    kind: LetterTextKind
    text: str
    written_at: datetime


def make_box(session: Session, letter: Letter, office: str) -> None:
    """Make the compartment of a new letter.

    Raises:
        UntrustedKey: the unit's public key isn't signed by the pinned key.
    """
    holders = frozenset({office, letter.unit_code})
    new_compartment(session, label=letter.label, name=_NAME, holders=holders)
    session.flush()


def write(session: Session, letter: Letter, kind: LetterTextKind, text: str, *, by: Hand) -> None:
    """Seal a text.

    Raises:
        NeedsText: there is nothing in it.
    """
    if not text.strip():
        raise NeedsText
    session.add(
        LetterText(
            letter_id=letter.id,
            kind=kind,
            sealed=_box(session, letter).seal(text.strip(), kind),
            staff_id=by.access.staff_id,
            written_at=clock.now(),
        )
    )
    session.flush()


def read(session: Session, letter: Letter, by: Hand) -> list[Opened]:
    """Of each kind what was written last, in the order of the kinds.

    Raises:
        NotAHolder: the reader is neither of the office nor of the unit.
    """
    box = _box(session, letter)
    pair = open_compartment(session, box, by.access.openers)
    rows = session.scalars(
        select(LetterText).where(LetterText.letter_id == letter.id).order_by(LetterText.id)
    )
    last = {row.kind: row for row in rows}
    return [
        Opened(kind, box.open(pair, last[kind].sealed, kind), last[kind].written_at)
        for kind in LetterTextKind
        if kind in last
    ]


def _box(session: Session, letter: Letter) -> Compartment:
    return session.scalars(
        select(Compartment).where(Compartment.label == letter.label, Compartment.name == _NAME)
    ).one()
