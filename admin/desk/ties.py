"""What a case is tied to, as far as somebody may see the other end: what is handled with it, and
what it is linked with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from admin.accounts.access import Access, visible
from intake.cases.case import Case
from intake.cases.case_link import CaseLink, Relation
from intake.cases.merger import Merger
from intake.rules.lifecycle import State


@dataclass(frozen=True)
class Tied:
    """Another case, and in words what it has to do with this one."""

    case: Case
    words: str


@dataclass(frozen=True)
class Ties:
    """The cases that this one is tied to. `readers` counts those whose reporters will read its
    reply too; `more_readers` tells that there are others, whose cases this person may not see."""

    others: tuple[Tied, ...]
    readers: int
    more_readers: bool

    @classmethod
    def of(cls, session: Session, access: Access, case: Case) -> Ties:
        """The ties of a case that this person may see."""
        merged = session.execute(
            select(Merger, Case, visible(access).label("seen"))
            .join(Case, _other_end(case))
            .where(Merger.ended_at.is_(None))
            .order_by(Case.id)
        ).all()
        waits = [
            seen
            for merger, other, seen in merged
            if merger.lead_id == case.id and other.state is State.MERGED
        ]
        together = [Tied(other, _merged(case, merger)) for merger, other, seen in merged if seen]
        return cls((*together, *_linked(session, access, case)), sum(waits), not all(waits))


def _other_end(case: Case) -> ColumnElement[bool]:
    return or_(
        and_(Merger.lead_id == case.id, Case.id == Merger.case_id),
        and_(Merger.case_id == case.id, Case.id == Merger.lead_id),
    )


def _merged(case: Case, merger: Merger) -> str:
    leads = merger.lead_id == case.id
    return f"{merger.how.official}，" + ("并在这一件里办" if leads else "这一件并在它里面办")


def _linked(session: Session, access: Access, case: Case) -> list[Tied]:
    ends = or_(
        and_(CaseLink.earlier_id == case.id, Case.id == CaseLink.later_id),
        and_(CaseLink.later_id == case.id, Case.id == CaseLink.earlier_id),
    )
    found = session.execute(
        select(CaseLink, Case)
        .join(Case, ends)
        .where(CaseLink.ended_at.is_(None), visible(access))
        .order_by(Case.id)
    )
    return [Tied(other, _related(case, link)) for link, other in found]


def _related(case: Case, link: CaseLink) -> str:
    if link.how is not Relation.REPEAT:
        return link.how.official
    return "重复件，后来的" if link.earlier_id == case.id else "重复件，以前答复过的"
