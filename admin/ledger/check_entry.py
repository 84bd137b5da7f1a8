"""Entering a whole spreadsheet of own checks, once: the same one again enters nothing."""

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
    """That a spreadsheet was entered: the SHA-256 of its rows and its unit, by whom, when."""

    __tablename__ = "check_sheet"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcMoment)


def enter_sheet(
    session: Session, *, by: Hand, checks: Sequence[OwnCheck], table: str
) -> list[Problem]:
    """Enter every row; `table` is the text of the sheet by which it is known again.

    Raises:
        EnteredBefore: it was entered already.
        NotYourPlace, StepNotAllowed, NeedsText: see `own_check`; then nothing was entered.
    """
    known = f"{checks[0].found_by}\n{table}".encode() if checks else b""
    digest = hashlib.sha256(known).hexdigest()
    if session.get(CheckSheet, digest) is not None:
        raise EnteredBefore
    session.add(CheckSheet(digest=digest, staff_id=by.access.staff_id, entered_at=clock.now()))
    return [enter_own_check(session, by=by, check=one) for one in checks]
