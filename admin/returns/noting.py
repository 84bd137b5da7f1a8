"""Recording what happens to a return: codes and dates, no words."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.returns.monthly_return import MonthlyReturn
from intake.cases.event import record


def note(session: Session, name: str, found: MonthlyReturn, by: Hand) -> None:
    """Record what happened to a return, in codes and dates."""
    record(
        session,
        name,
        by=by.access.staff_id,
        unit=found.unit_code,
        receiver=found.receiver_code,
        last=found.last.isoformat(),
        version=found.version,
    )
