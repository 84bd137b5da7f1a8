"""The list of verifications (核查件): what a person's units were asked to check, the earliest date
first; and what they answered last."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, asked_of
from intake.cases.case import Case
from intake.cases.verification import Verification
from portal.foundation.long_list import LongList

_MOST_ANSWERED = 10


def to_verify(session: Session, access: Access) -> LongList[Verification]:
    """What is still to be checked."""
    wanted = (
        select(Verification)
        .join(Case, Case.id == Verification.case_id)
        .where(Verification.end.is_(None), asked_of(access))
        .order_by(Verification.due_on, Verification.key)
    )
    return LongList(session, wanted, lambda row: row.Verification)


def verified(session: Session, access: Access) -> Sequence[Verification]:
    """What was answered last, the latest first."""
    wanted = (
        select(Verification)
        .join(Case, Case.id == Verification.case_id)
        .where(Verification.end.is_not(None), asked_of(access))
        .order_by(Verification.ended_at.desc(), Verification.key)
        .limit(_MOST_ANSWERED)
    )
    return session.scalars(wanted).all()


def count_to_verify(session: Session, access: Access) -> int:
    """How much is to be checked."""
    return len(to_verify(session, access))
