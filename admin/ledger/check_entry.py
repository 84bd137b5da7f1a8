"""Entering once: the same spreadsheet of own checks, or the same form pressed twice, enters nothing
again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from admin.accounts.hand import Hand
from admin.ledger.own_check import OwnCheck, enter_own_check
from admin.ledger.problem import Problem
from admin.ledger.refusals import EnteredBefore
from portal.foundation import clock
from portal.foundation.database import Base, UtcMoment


class CheckSheet(Base):
    """That a spreadsheet or a form was entered: the SHA-256 of its rows and its unit, or of the
    form's one-time id; by whom, when."""

    __tablename__ = "check_sheet"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcMoment)


def refuse_twice(session: Session, *, by: Hand, what: str) -> None:
    """Keep that something was entered, known again by `what`; nothing is kept where that is empty.

    Raises:
        EnteredBefore: it was entered already.
    """
    if not what:
        return
    digest = hashlib.sha256(what.encode()).hexdigest()
    if session.get(CheckSheet, digest) is not None:
        raise EnteredBefore
    session.add(CheckSheet(digest=digest, staff_id=by.access.staff_id, entered_at=clock.now()))
    session.flush()


def enter_sheet(
    session: Session, *, by: Hand, checks: Sequence[OwnCheck], table: str
) -> list[Problem]:
    """Enter every row; `table` is the text of the sheet by which it is known again.

    Raises:
        EnteredBefore: it was entered already.
        NotYourPlace, StepNotAllowed, NeedsText: see `own_check`; then nothing was entered.
    """
    refuse_twice(session, by=by, what=f"{checks[0].found_by}\n{table}" if checks else "")
    return [enter_own_check(session, by=by, check=one) for one in checks]
