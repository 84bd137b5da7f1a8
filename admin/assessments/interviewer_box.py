"""The box of one interviewer in one assessment: what he writes down lies in it, sealed for the
office and for the units that he served when he was given his first rows."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.assessing.assessment import Assessment
from intake.vault.compartment import Compartment, new_compartment, open_compartment

_NAME = "rows"


def make_box(session: Session, one: Assessment, staff_id: int, holders: frozenset[str]) -> None:
    """Make it, unless he has one.

    Raises:
        UntrustedKey: a unit's public key isn't signed by the pinned key.
    """
    label = _label(one, staff_id)
    if session.scalar(select(Compartment.id).where(Compartment.label == label)) is None:
        new_compartment(session, label=label, name=_NAME, holders=holders)
        session.flush()


def seal_entries(
    session: Session, one: Assessment, staff_id: int, texts: dict[int, str]
) -> dict[int, bytes]:
    """Seal what he wrote down, by the ids of his rows."""
    box = _box(session, one, staff_id)
    return {row_id: box.seal(text, _column(row_id)) for row_id, text in texts.items()}


def seal_in_new_box(
    session: Session, one: Assessment, staff_id: int, texts: dict[int, str]
) -> dict[int, bytes]:
    """Seal texts in a new box in the place of his old one, for whoever held that; with its keys
    gone, what was sealed in it opens for nobody.

    Raises:
        UntrustedKey: a unit's public key isn't signed by the pinned key.
    """
    old = _box(session, one, staff_id)
    holders = frozenset(key.holder for key in old.keys)
    session.delete(old)
    session.flush()
    new_compartment(session, label=_label(one, staff_id), name=_NAME, holders=holders)
    session.flush()
    return seal_entries(session, one, staff_id, texts)


def open_entries(
    session: Session,
    one: Assessment,
    staff_id: int,
    sealed: dict[int, bytes],
    units: frozenset[str],
) -> dict[int, str]:
    """The texts of some rows by their ids, opened as one of some units.

    Raises:
        NotAHolder: none of them holds the box.
    """
    if not sealed:
        return {}
    box = _box(session, one, staff_id)
    pair = open_compartment(session, box, units)
    return {row_id: box.open(pair, blob, _column(row_id)) for row_id, blob in sealed.items()}


def _box(session: Session, one: Assessment, staff_id: int) -> Compartment:
    wanted = select(Compartment).where(
        Compartment.label == _label(one, staff_id), Compartment.name == _NAME
    )
    return session.scalars(wanted).one()


def _label(one: Assessment, staff_id: int) -> str:
    return f"assessment:{one.key}:{staff_id}"


def _column(row_id: int) -> str:
    return f"row|{row_id}"
