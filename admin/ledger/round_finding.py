"""What a supervision round found at a unit enters the ledger (plan 五(二)2)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.entering import enter
from admin.ledger.finding import Finding
from admin.ledger.line import line_of
from admin.ledger.moving import note_event
from admin.ledger.problem import Problem, Source
from admin.ledger.refusals import StepNotAllowed
from portal.foundation import clock


def enter_round_finding(session: Session, *, by: Hand, finding: Finding, round_key: str) -> Problem:
    """Enter it with the source 督导发现, found by the office.

    Raises:
        StepNotAllowed: only the office goes on rounds, to units that work here.
        NeedsText: it says nothing.
    """
    if not by.access.as_office or not by.book.units[finding.unit].desk:
        raise StepNotAllowed("enter")
    problem = enter(
        session,
        by=by,
        finding=finding,
        source=Source.SUPERVISION_ROUND,
        found_by=by.access.office_code,
        line=line_of(
            by.book, clock.today(), policy=finding.policy, problem_type=finding.problem_type
        ),
    )
    note_event(session, "round_found", problem, by, round=round_key)
    session.flush()
    return problem
