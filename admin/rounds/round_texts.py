"""Sealing and opening what is written about a round: the office's own compartment, and one of the
office with each visited unit."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.files.evidence import Proof, attach, attached
from admin.ledger.refusals import NeedsText
from admin.rounds.round_evidence import RoundEvidence
from admin.rounds.round_order import RoundOrder
from admin.rounds.round_text import RoundText, RoundTextKind
from admin.rounds.supervision_round import RoundVisit, SupervisionRound
from intake.attachments.stored_file import StoredFile
from intake.vault.compartment import Compartment, new_compartment, open_compartment
from portal.foundation import clock

_NAME = "round"
_OFFICE_OWN = frozenset({RoundTextKind.PURPOSE, RoundTextKind.SEEN, RoundTextKind.CLOSED})


@dataclass(frozen=True)
class About:
    """What a text is about: an order lies within its visit."""

    visit: RoundVisit | None = None
    order: RoundOrder | None = None


_THE_ROUND = About()


@dataclass(frozen=True)
class Opened:
    """One opened text."""

    kind: RoundTextKind
    text: str
    visit_id: int | None
    order_id: int | None
    staff_id: int
    written_at: datetime
    files: tuple[StoredFile, ...]


def make_boxes(
    session: Session, one: SupervisionRound, office: str, units: AbstractSet[str]
) -> None:
    """Make the compartments of a new round.

    Raises:
        UntrustedKey: a unit's public key isn't signed by the pinned key.
    """
    new_compartment(session, label=one.label, name=_NAME, holders=frozenset({office}))
    for unit in sorted(units):
        holders = frozenset({office, unit})
        new_compartment(session, label=one.unit_label(unit), name=_NAME, holders=holders)
    session.flush()


def write(
    session: Session,
    one: SupervisionRound,
    kind: RoundTextKind,
    text: str | Proof,
    *,
    by: Hand,
    about: About = _THE_ROUND,
) -> None:
    """Seal a text about the round, or about one visit or order of it, with what opens its files.

    Raises:
        NeedsText: there is nothing in the text.
    """
    proof = Proof(text) if isinstance(text, str) else text
    if not proof.words.strip():
        raise NeedsText
    box = _box(session, one, kind, about.visit)
    row = RoundText(
        round_id=one.id,
        visit_id=about.visit.id if about.visit else None,
        order_id=about.order.id if about.order else None,
        kind=kind,
        sealed=box.seal(proof.words.strip(), kind),
        staff_id=by.access.staff_id,
        written_at=clock.now(),
    )
    session.add(row)
    session.flush()
    attach(session, RoundEvidence, row.id, proof.files, box=box)


def read_own(session: Session, one: SupervisionRound, by: Hand) -> list[Opened]:
    """What the office wrote for itself, oldest first.

    Raises:
        NotAHolder: the reader isn't of the office.
    """
    return _read(session, one, by, RoundText.kind.in_(_OFFICE_OWN), None)


def read_visit(
    session: Session, one: SupervisionRound, visit: RoundVisit, by: Hand
) -> list[Opened]:
    """What office and unit wrote to each other about orders, oldest first.

    Raises:
        NotAHolder: the reader is of neither.
    """
    theirs = RoundText.kind.not_in(_OFFICE_OWN) & (RoundText.visit_id == visit.id)
    return _read(session, one, by, theirs, visit)


def _read(
    session: Session,
    one: SupervisionRound,
    by: Hand,
    which: ColumnElement[bool],
    visit: RoundVisit | None,
) -> list[Opened]:
    wanted = select(RoundText).where(RoundText.round_id == one.id, which)
    rows = list(session.scalars(wanted.order_by(RoundText.id)))
    if not rows:
        return []
    box = _box(session, one, rows[0].kind, visit)
    pair = open_compartment(session, box, by.access.openers)
    files = attached(session, RoundEvidence, {row.id: (box, pair) for row in rows})
    return [
        Opened(
            kind=row.kind,
            text=box.open(pair, row.sealed, row.kind),
            visit_id=row.visit_id,
            order_id=row.order_id,
            staff_id=row.staff_id,
            written_at=row.written_at,
            files=files.get(row.id, ()),
        )
        for row in rows
    ]


def _box(
    session: Session, one: SupervisionRound, kind: RoundTextKind, visit: RoundVisit | None
) -> Compartment:
    own = kind in _OFFICE_OWN or visit is None
    label = one.label if own or visit is None else one.unit_label(visit.unit_code)
    return session.scalars(
        select(Compartment).where(Compartment.label == label, Compartment.name == _NAME)
    ).one()
