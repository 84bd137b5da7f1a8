"""Whose steps a person may count: his own units', or everybody's as the office or the auditor; and
of no case that accuses him. Figures hold no words, so that an auditor may read them who sees no
case."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, true

from admin.accounts.access import Access, not_barred
from admin.figures.milestone import Milestone
from intake.cases.case import Case
from intake.cases.follow_up import FollowUp
from portal.foundation.staff import Role, Staff


def counts_for_all(access: Access, staff: Staff) -> bool:
    """Whether a person may compare units."""
    return access.as_office or staff.holds(Role.AUDITOR)


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
