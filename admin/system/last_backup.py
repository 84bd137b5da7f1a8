"""How old the last backup is that was read back whole: what `/readyz` and `doctor` say of it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases.event import IS_BACKUP, Event
from portal.foundation import clock

_TOO_OLD = timedelta(days=7)


def age_of_backup(session: Session) -> timedelta | None:
    """How long ago the last backup was taken; None where none ever was."""
    # By their own index: where none was taken, the whole chain would be looked through.
    last = select(Event.happened_at).where(IS_BACKUP, Event.name == "backup_taken")
    taken_at = session.scalars(last.order_by(Event.seq.desc()).limit(1)).first()
    return None if taken_at is None else clock.now() - taken_at


def is_too_old(age: timedelta | None) -> bool:
    """Whether it is time for another one."""
    return age is None or age > _TOO_OLD


def state_of_backup(session: Session) -> str:
    """The same in a few words."""
    age = age_of_backup(session)
    return "none yet" if age is None else f"{age.days} days old"
