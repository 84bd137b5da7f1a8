"""The one rule that says who sees a problem: the office all, a unit its own, others none."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from admin.accounts.access import Access
from admin.accounts.hand import Hand
from admin.accounts.own_units import keeps_the_office_s_own
from admin.ledger.problem import Problem
from admin.ledger.walk import Hat


class NoSuchProblem(LookupError):
    """There is no such problem, or none that this person may see: nobody is told which."""


def visible(access: Access) -> ColumnElement[bool]:
    """The condition under which a problem exists for this person: it is his unit's to put right, or
    his unit found it or sums it up. What is found in a community is not the community's to read,
    unless it found it itself: it may be about those who work there."""
    if access.as_office:
        return true()
    return or_(
        Problem.unit_code.in_(access.fieldwork),
        Problem.found_by.in_(access.fieldwork),
        Problem.line_code.in_(access.desks),
    )


def find_problem(
    session: Session, access: Access, number: str, *, to_change: bool = False
) -> Problem:
    """The problem of that number. `to_change` holds the row: the later of two writers waits.

    Raises:
        NoSuchProblem: it doesn't exist, or not for this person.
    """
    wanted = select(Problem).where(Problem.number == number, visible(access))
    problem = session.scalars(wanted.with_for_update() if to_change else wanted).first()
    if problem is None:
        raise NoSuchProblem(number)
    return problem


def hats(by: Hand, problem: Problem) -> frozenset[Hat]:
    """As whom this person may act on a problem."""
    access = by.access
    worn: set[Hat] = set()
    found_out_there = problem.found_by in access.outposts
    if problem.unit_code in access.fieldwork or found_out_there:
        worn.add(Hat.OFFICER)
    if problem.unit_code in access.heads:
        worn.add(Hat.HEAD)
    # Who serves the unit as well, or one near it, decides nothing about it for the office.
    if keeps_the_office_s_own(by.book, access, problem.unit_code) and not found_out_there:
        worn.add(Hat.OFFICE)
    return frozenset(worn)
