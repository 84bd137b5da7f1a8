"""What a team finds at a unit that it checks (重点抽查, plan 五(二)2) enters the ledger without a
case."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.ledger.entering import enter
from admin.ledger.finding import Finding
from admin.ledger.line import line_of
from admin.ledger.moving import note_event
from admin.ledger.problem import Problem, Source
from admin.ledger.refusals import NotYourPlace, UnitHasNoDesk
from portal.foundation import clock


def enter_team_finding(
    session: Session, *, by: Hand, finding: Finding, places: AbstractSet[str]
) -> Problem:
    """Enter it with the source 重点抽查, found by the office, which sent the team. `places` are the
    codes of the units about which the team may say something; whoever sends it answers for them.

    Raises:
        NotYourPlace: the unit is another one.
        UnitHasNoDesk: nobody of the unit works here.
        NeedsText: it says nothing.
    """
    if finding.unit not in places:
        raise NotYourPlace(finding.unit)
    if not by.book.units[finding.unit].desk:
        raise UnitHasNoDesk(finding.unit)
    problem = enter(
        session,
        by=by,
        finding=finding,
        source=Source.SPOT_CHECK,
        found_by=by.book.campaign.office_code,
        line=line_of(
            by.book, clock.today(), policy=finding.policy, problem_type=finding.problem_type
        ),
    )
    note_event(session, "team_finding_entered", problem, by)
    session.flush()
    return problem
