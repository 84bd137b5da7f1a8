"""The steps that every version goes through, whatever it is a version of: its head signs it, and
whoever receives it decides."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.returns.allowed import AnotherMustSign, NotYours, ReturnChanged, may_decide, may_sign
from admin.returns.content import digest_of
from admin.returns.signed_version import ReturnState, SignedVersion
from portal.campaign.unit import Unit
from portal.foundation import clock

_Version = TypeVar("_Version", bound=SignedVersion)


def newest_held(
    session: Session, unit: str, newest_first: Select[_Version], by: Hand
) -> _Version | None:
    """The newest version, held until the transaction ends, so that the later of two writers waits;
    None where there is none yet.

    Raises:
        ReturnChanged: it isn't the edition that the writer saw.
    """
    session.scalars(select(Unit.code).where(Unit.code == unit).with_for_update()).one()
    found = session.scalars(newest_first.limit(1)).first()
    if by.version != (found.edition if found else 0):
        raise ReturnChanged
    return found


def sign(session: Session, found: SignedVersion | None, by: Hand) -> None:
    """Sign what was confirmed. Its SHA-256 is taken over everything that it says, who confirmed and
    who signed it, when.

    Raises:
        NotYours: the signer isn't the unit's head, or nothing waits for his hand.
        AnotherMustSign: he confirmed it himself, and the unit has others.
    """
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


def decide(found: SignedVersion | None, state: ReturnState, by: Hand) -> None:
    """Accept what was handed in, or send it back.

    Raises:
        NotYours: the reader isn't of the receiver, had a hand in it, or nothing waits for him.
    """
    if found is None or found.state is not ReturnState.HANDED_IN:
        raise NotYours
    if not may_decide(by.book, by.access, found):
        raise NotYours
    found.state = state
    found.decided_by, found.decided_at = by.access.staff_id, clock.now()
    found.edition = by.version + 1
