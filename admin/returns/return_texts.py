"""Sealing and opening what is written into a version: of a return its remark, of every one why it
was corrected and why it was sent back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.returns.signed_version import SignedVersion
from intake.vault.compartment import Compartment, new_compartment, open_compartment


def make_box(session: Session, found: SignedVersion, office: str) -> None:
    """Make the compartment of a new version, held by its unit, its receiver and the office.

    Raises:
        UntrustedKey: a unit's public key isn't signed by the pinned key.
    """
    holders = frozenset({found.unit_code, found.receiver_code, office})
    new_compartment(session, label=found.label, name=found.box, holders=holders)
    session.flush()


def write(session: Session, found: SignedVersion, column: str, text: str) -> None:
    """Seal a text into its column; an empty one leaves nothing there."""
    said = text.strip()
    setattr(found, column, _box(session, found).seal(said, column) if said else None)


def read(session: Session, found: SignedVersion, access: Access) -> dict[str, str]:
    """Every text of a version by its column; empty where there is none.

    Raises:
        NotAHolder: this person's units don't hold it.
    """
    sealed = {column: getattr(found, column) for column in found.sealed_columns}
    if not any(sealed.values()):
        return dict.fromkeys(found.sealed_columns, "")
    box = _box(session, found)
    pair = open_compartment(session, box, access.fieldwork)
    return {column: box.open(pair, blob, column) if blob else "" for column, blob in sealed.items()}


def _box(session: Session, found: SignedVersion) -> Compartment:
    wanted = select(Compartment).where(
        Compartment.label == found.label, Compartment.name == found.box
    )
    return session.scalars(wanted).one()
