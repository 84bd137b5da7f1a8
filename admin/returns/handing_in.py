"""Handing a return in (签报): its head signs, and from then on it is frozen."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.returns.allowed import AnotherMustSign, NotYours, may_sign
from admin.returns.content import digest_of
from admin.returns.expected import Expected
from admin.returns.monthly_return import MonthlyReturn, ReturnState
from admin.returns.newest import newest_to_change
from admin.returns.noting import note
from portal.foundation import clock


def hand_in(session: Session, expected: Expected, *, by: Hand) -> MonthlyReturn:
    """Sign what was confirmed. Its SHA-256 is taken over everything that it says, who confirmed and
    who signed it, when.

    Raises:
        NotYours: the signer isn't the unit's head, or nothing waits for his hand.
        AnotherMustSign: he confirmed it himself, and the unit has others.
        ReturnChanged: somebody was faster.
    """
    found = newest_to_change(session, expected, by)
    if found is None or found.state is not ReturnState.FILLED_IN:
        raise NotYours
    if found.unit_code not in by.access.heads:
        raise NotYours
    if not may_sign(session, by.access, found):
        raise AnotherMustSign
    found.signed_by, found.signed_at = by.access.staff_id, clock.now()
    found.content = replace(
        found.said, signed_by=found.signed_by, signed_at=found.signed_at.isoformat()
    ).text
    found.digest = digest_of(found.content)
    found.state = ReturnState.HANDED_IN
    found.edition = by.version + 1
    note(session, "monthly_return_signed", found, by)
    session.flush()
    return found
