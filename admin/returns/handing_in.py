"""Handing a return in (签报): its head signs, and from then on it is frozen."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.returns.expected import Expected
from admin.returns.monthly_return import MonthlyReturn
from admin.returns.newest import newest_to_change
from admin.returns.noting import note
from admin.returns.version_steps import sign


def hand_in(session: Session, expected: Expected, *, by: Hand) -> MonthlyReturn:
    """Sign what was confirmed.

    Raises:
        NotYours, AnotherMustSign: see `sign`.
        ReturnChanged: somebody was faster.
    """
    found = newest_to_change(session, expected, by)
    sign(session, found, by)
    assert found is not None  # noqa: S101  # There would be nothing to sign.
    note(session, "monthly_return_signed", found, by)
    session.flush()
    return found
