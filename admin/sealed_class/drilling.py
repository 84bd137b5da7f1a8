"""Trying from time to time whether the sealed class's printed key (密件) opens what the class
holds."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.sealed_class.founding import WrongClassRecoveryKey
from intake.cases.event import Event, record
from intake.vault import sealing
from intake.vault.class_key import class_key, open_by_recovery
from intake.vault.compartment import Compartment, CompartmentKey, wrap_context
from intake.vault.holders import SEALED
from intake.vault.sealing import DoesNotOpen, KeyPair
from intake.vault.vault import vault_of
from portal.foundation import clock

# How long a printed key may lie untried.
TRIED_WITHIN = timedelta(days=100)


def try_printed(session: Session, printed: KeyPair) -> None:
    """Open with the printed key the class's pair, and with that every box that the class holds;
    nothing of it is read or kept.

    Raises:
        WrongClassRecoveryKey: something doesn't open by it, or it isn't the pinned one.
    """
    key = class_key(session)
    if key is None or vault_of(session).pins.discipline != printed.public:
        raise WrongClassRecoveryKey
    held = (
        select(Compartment.label, Compartment.name, CompartmentKey.wrap)
        .join(CompartmentKey, CompartmentKey.compartment_id == Compartment.id)
        .where(CompartmentKey.holder == SEALED)
    )
    try:
        pair = open_by_recovery(key, printed)
        for label, name, wrap in session.execute(held).all():
            sealing.open_sealed(pair, wrap, wrap_context(label, name, SEALED))
    except DoesNotOpen:
        raise WrongClassRecoveryKey from None


def note_drill(session: Session) -> None:
    """Note that it was tried today."""
    record(session, "sealed_class_drilled")


def last_drill(session: Session) -> datetime | None:
    """When the class's present printed key was tried last; None where it never was."""
    founded = select(func.max(Event.seq)).where(Event.name == "sealed_class_founded")
    tried = select(func.max(Event.happened_at)).where(
        Event.name == "sealed_class_drilled",
        Event.seq > func.coalesce(founded.scalar_subquery(), 0),
    )
    return session.scalar(tried)


def is_overdue(drilled: datetime | None) -> bool:
    """Whether it was never tried, or so long ago that it has to be again."""
    return drilled is None or clock.now() - drilled > TRIED_WITHIN
