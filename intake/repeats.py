"""Repeats (重复件): how often somebody has brought the same matter before."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.cases.case import Case
from intake.cases.case_link import CaseLink, Relation


def repeats_before(session: Session, case: Case) -> int:
    """How many earlier cases of the same person about the same matter one is linked with."""
    earlier = select(func.count(CaseLink.id)).where(
        CaseLink.later_id == case.id, CaseLink.how == Relation.REPEAT, CaseLink.ended_at.is_(None)
    )
    return session.scalar(earlier) or 0
