"""Whose steps a person may count: his own units', or everybody's as the office or the auditor; and
of no case that accuses him. Figures hold no words, so that an auditor may read them who sees no
case."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from admin.accounts.access import Access, not_barred
from admin.figures.milestone import Milestone
from intake.cases.bar import Bar
from intake.cases.case import Case
from intake.cases.follow_up import FollowUp
from portal.campaign.book import Book
from portal.campaign.kinds import Kind
from portal.foundation.staff import Post, Role, Staff

# What accuses anybody: no figure of a unit that others read may count it.
ACCUSES = or_(Case.kind == Kind.TIP_OFF, Case.accusing, Case.barred)


def counts_for_all(access: Access, staff: Staff) -> bool:
    """Whether a person may compare units."""
    return access.as_office or staff.holds(Role.AUDITOR)


def accuses_who_counts(book: Book) -> ColumnElement[bool]:
    """The condition under which a case accuses the office, or somebody who counts for the whole
    district: in a sum that he reads too, he would find it by subtracting what he sees himself."""
    counting = or_(
        Post.role == Role.AUDITOR,
        and_(
            Post.unit_code == book.campaign.office_code,
            Post.role.in_((Role.OFFICE, Role.OFFICE_HEAD)),
        ),
    )
    people = select(Post.staff_id).join(Staff, Staff.id == Post.staff_id).where(counting)
    units = select(Post.unit_code).where(Post.staff_id.in_(people))
    accuses_them = select(Bar.id).where(
        Bar.case_id == Case.id,
        or_(
            Bar.staff_id.in_(people),
            Bar.unit_code.in_(units),
            Bar.unit_code == book.campaign.office_code,
        ),
    )
    return accuses_them.exists()


@dataclass(frozen=True)
class Scope:
    """What is counted: a condition on a case, one on a milestone joined with its case, one on a
    follow-up joined with its case."""

    cases: ColumnElement[bool]
    steps: ColumnElement[bool]
    follow_ups: ColumnElement[bool]

    @classmethod
    def of(cls, access: Access, staff: Staff) -> Scope:
        """What a person may count."""
        return cls(
            cases=_scoped(Case.unit_code.in_(access.desks), access, staff),
            steps=_scoped(Milestone.unit_code.in_(access.desks), access, staff),
            follow_ups=_scoped(FollowUp.unit_code.in_(access.desks), access, staff),
        )

    @classmethod
    def where(cls, cases: ColumnElement[bool]) -> Scope:
        """All of the cases of a condition, whoever has them."""
        return cls(cases, cases, cases)


def _scoped(own: ColumnElement[bool], access: Access, staff: Staff) -> ColumnElement[bool]:
    if counts_for_all(access, staff):
        own = true()
    elif not access.desks:
        own = false()
    return and_(own, not_barred(access))
