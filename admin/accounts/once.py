"""Entering once: the same form pressed twice, or the same spreadsheet sent again, enters nothing
again."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.foundation import clock
from portal.foundation.database import Base, UtcMoment


class EnteredBefore(Exception):
    """What was sent was entered already, by this form or by this spreadsheet."""


class EnteredOnce(Base):
    """That something was entered: the SHA-256 of a form's one-time id, or of the rows of a
    spreadsheet and its unit; by whom, when."""

    __tablename__ = "entered_once"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcMoment)


def refuse_twice(session: Session, *, by: int, what: str) -> None:
    """Keep that somebody, by the id of staff, entered something, known again by `what`; nothing is
    kept where that is empty. Of two who press at the same moment, the later one waits.

    Raises:
        EnteredBefore: it was entered already.
    """
    if not what:
        return
    digest = hashlib.sha256(what.encode()).hexdigest()
    if session.get(EnteredOnce, digest) is not None:
        raise EnteredBefore
    session.add(EnteredOnce(digest=digest, staff_id=by, entered_at=clock.now()))
    try:
        session.flush()
    except IntegrityError:
        raise EnteredBefore from None
