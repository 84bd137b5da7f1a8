"""Entering a problem into the ledger (记入台账), wherever it came from."""

from __future__ import annotations

from sqlalchemy.orm import Session

from admin.accounts.hand import Hand
from admin.files.evidence import Proof
from admin.ledger import ledger_texts
from admin.ledger.finding import Finding
from admin.ledger.ledger_text import LedgerTextKind
from admin.ledger.moving import note_move
from admin.ledger.problem import Problem, Source
from portal.foundation import clock
from portal.foundation.drawn_numbers import draw_number
from portal.published.result import Result, ResultState


def enter(
    session: Session,
    *,
    by: Hand,
    finding: Finding,
    source: Source,
    found_by: str,
    line: str | None,
) -> Problem:
    """Enter what was found. Its sentences are sealed to the office, the unit that puts it right,
    the one that found it, and the department that sums it up (`line`).

    Raises:
        NeedsText: it says nothing.
    """
    problem = Problem(
        number=_new_number(session, by.book.campaign.case_prefix),
        source=source,
        state=ResultState.FOUND,
        unit_code=finding.unit,
        found_by=found_by,
        line_code=line,
        place_code=finding.place,
        problem_code=finding.problem_type,
        policy_code=finding.policy,
        fund_year=finding.fund_year,
        amount=finding.amount,
        persons=finding.persons,
        rectify_by=finding.rectify_by,
        opened_at=clock.now(),
        opened_by=by.access.staff_id,
    )
    session.add(problem)
    session.flush()
    note_move(session, problem, by=by)
    ledger_texts.make_box(session, problem, by.book.campaign.office_code)
    found = Proof(finding.what_is_wrong, finding.files)
    ledger_texts.prove(session, problem, LedgerTextKind.WHAT_IS_WRONG, found, by=by)
    return problem


def _new_number(session: Session, prefix: str) -> str:
    """A number that neither a problem nor a published result ever had."""
    return draw_number(session, f"{prefix}W", 6, Problem.number, Result.number)
