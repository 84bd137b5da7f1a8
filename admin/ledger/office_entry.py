"""What the office learns from audit, from above or from the press enters the ledger without a case
(plan 五(二)2)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.entering import enter
from admin.ledger.finding import Finding
from admin.ledger.line import line_of
from admin.ledger.moving import note_event
from admin.ledger.problem import Problem, Source
from admin.ledger.refusals import StepNotAllowed, UnitHasNoDesk
from portal.foundation import clock

# What comes of a case, of a unit's own check, of a spot check or of a round enters by its own act.
FROM_OUTSIDE = (Source.AUDIT, Source.ABOVE, Source.PRESS)


def enter_from_outside(session: Session, *, by: Hand, finding: Finding, source: Source) -> Problem:
    """Enter what was told to the office, for a unit to rectify.

    Raises:
        StepNotAllowed: only the office does, and only for such a source.
        UnitHasNoDesk: nobody of the unit works here.
        NeedsText: it says nothing.
    """
    if not by.access.as_office or source not in FROM_OUTSIDE:
        raise StepNotAllowed("enter")
    if not by.book.units[finding.unit].desk:
        raise UnitHasNoDesk(finding.unit)
    problem = enter(
        session,
        by=by,
        finding=finding,
        source=source,
        found_by=by.access.office_code,
        line=line_of(
            by.book, clock.today(), policy=finding.policy, problem_type=finding.problem_type
        ),
    )
    note_event(session, "problem_entered", problem, by, source=source)
    session.flush()
    return problem
