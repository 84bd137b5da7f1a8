"""Entering a spreadsheet of own checks, once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.accounts.once import refuse_twice
from admin.ledger.own_check import OwnCheck, enter_own_check
from admin.ledger.problem import Problem


def enter_sheet(
    session: Session, *, by: Hand, checks: Sequence[OwnCheck], table: str
) -> list[Problem]:
    """Enter every row; `table` is the text of the sheet by which it is known again.

    Raises:
        EnteredBefore: it was entered already.
        NotYourPlace, StepNotAllowed, NeedsText: see `own_check`; then nothing was entered.
    """
    refuse_twice(
        session, by=by.access.staff_id, what=f"{checks[0].found_by}\n{table}" if checks else ""
    )
    return [enter_own_check(session, by=by, check=one) for one in checks]
