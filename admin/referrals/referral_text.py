"""Writing and reading what is said about a referral, sealed for whoever decides about the case and
for the body that has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.desk.hand import Hand, NeedsText
from intake.cases.case import Case
from intake.cases.referral import Referral
from intake.cases.referral_text import ReferralText, ReferralTextKind
from intake.correspondence import handling_of
from intake.opened import tell_opened
from intake.vault.compartment import Compartment, new_compartment, open_compartment
from intake.vault.holders import CompartmentName, holders
from portal.foundation import clock


@dataclass(frozen=True)
class Opened:
    """An opened text."""

    kind: ReferralTextKind
    text: str
    staff_id: int
    written_at: datetime


def write(
    session: Session, case: Case, referral: Referral, hand: Hand, kind: ReferralTextKind, text: str
) -> None:
    """Seal a text into a referral's own box, made for whoever decides where it isn't there yet.
    Raises NeedsText."""
    if not text.strip():
        raise NeedsText
    box = _box(session, referral) or _new_box(session, case, referral, hand)
    session.add(
        ReferralText(
            referral_id=referral.id,
            kind=kind,
            sealed=box.seal(text.strip(), kind),
            staff_id=hand.access.staff_id,
            written_at=clock.now(),
        )
    )
    session.flush()


def read(session: Session, referral: Referral, units: frozenset[str]) -> list[Opened]:
    """The texts of a referral as one of some units, oldest first; none where none of them holds the
    key."""
    box = _box(session, referral)
    if box is None or not any(box.wrapped_for(unit) for unit in units):
        return []
    tell_opened(session, referral.case_id)
    pair = open_compartment(session, box, units)
    return [
        Opened(one.kind, box.open(pair, one.sealed, one.kind), one.staff_id, one.written_at)
        for one in _texts(session, referral)
    ]


def _texts(session: Session, referral: Referral) -> Sequence[ReferralText]:
    wanted = select(ReferralText).where(ReferralText.referral_id == referral.id)
    return session.scalars(wanted.order_by(ReferralText.id)).all()


def _box(session: Session, referral: Referral) -> Compartment | None:
    return session.scalars(select(Compartment).where(Compartment.label == referral.label)).first()


def _new_box(session: Session, case: Case, referral: Referral, hand: Hand) -> Compartment:
    """Nobody but who decides holds it: its body does as soon as it has the case."""
    name = CompartmentName.REFERRAL
    handling = replace(handling_of(session, case, hand.book), referred=frozenset())
    return new_compartment(
        session, label=referral.label, name=name, holders=holders(name, handling)
    )
