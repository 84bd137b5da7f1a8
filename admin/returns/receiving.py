"""What the receiver does with a return that was handed in: accept it, or send it back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.returns import return_texts
from admin.returns.allowed import NeedsReason
from admin.returns.expected import Expected
from admin.returns.monthly_return import MonthlyReturn, ReturnState
from admin.returns.newest import newest_to_change
from admin.returns.noting import note
from admin.returns.version_steps import decide


def accept(session: Session, expected: Expected, *, by: Hand) -> MonthlyReturn:
    """Accept it.

    Raises:
        NotYours: the reader isn't of the receiver, had a hand in it, or nothing waits for him.
        ReturnChanged: somebody was faster.
    """
    return _decided(session, expected, ReturnState.ACCEPTED, "monthly_return_accepted", by)


def send_back(session: Session, expected: Expected, *, by: Hand, reason: str) -> MonthlyReturn:
    """Send it back with the reason, which its unit reads; the version stays readable.

    Raises:
        NeedsReason: there is none.
        NotYours, ReturnChanged: see `accept`.
    """
    if not reason.strip():
        raise NeedsReason
    found = _decided(session, expected, ReturnState.SENT_BACK, "monthly_return_sent_back", by)
    return_texts.write(session, found, "sent_back_for", reason)
    session.flush()
    return found


def _decided(
    session: Session, expected: Expected, state: ReturnState, name: str, by: Hand
) -> MonthlyReturn:
    found = newest_to_change(session, expected, by)
    decide(found, state, by)
    assert found is not None  # noqa: S101  # There would be nothing to decide.
    note(session, name, found, by)
    session.flush()
    return found
