"""How many come for one joint petition (联名信访): who visits for several elects no more
representatives than the law allows, however many visits were written down (信访工作条例 20)."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.cases.case import Case, Channel
from intake.cases.case_link import Relation
from intake.cases.merger import Merger
from intake.cases.recorded import Recorded
from portal.campaign.book import Book


def too_many(session: Session, lead: Case, merged: Case, book: Book) -> bool:
    """Whether the visits of a joint petition would bring more people than may come, were a case
    merged into its lead. A campaign whose data name no number lets any come."""
    most: int | None = book.campaign.representatives.get("most")
    if most is None or Channel.VISIT not in {lead.channel, merged.channel}:
        return False
    return people_of(session, {*_joint(session, lead), merged.id}) > most


def people_of(session: Session, case_ids: set[int]) -> int:
    """How many people came for some cases: of each visit its representatives, or one person."""
    wanted = (
        select(func.coalesce(Recorded.representatives, 0))
        .select_from(Case)
        .join(Recorded, Recorded.case_id == Case.id, isouter=True)
        .where(Case.id.in_(case_ids), Case.channel == Channel.VISIT)
    )
    return sum(max(1, number) for number in session.scalars(wanted))


def _joint(session: Session, lead: Case) -> set[int]:
    """A lead and what is merged into it as the same joint petition."""
    wanted = select(Merger.case_id).where(
        Merger.lead_id == lead.id, Merger.ended_at.is_(None), Merger.how == Relation.JOINT
    )
    return {lead.id, *session.scalars(wanted)}
