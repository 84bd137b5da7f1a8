"""The blueprint that the pages of results hang on, and how what they show is found."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from admin.accounts.guard import signed_in
from admin.ledger.problem import Problem
from admin.publishing.desk import PUBLISHING_ROLES
from admin.publishing.pages.room import publishing_room, the_one
from admin.publishing.result_draft import ResultDraft

blueprint = publishing_room("publishing", __name__)


def the_draft(session: Session, draft_id: int, *, to_change: bool = False) -> ResultDraft:
    """The draft of that number, unless it is about a unit that the reader serves."""
    wanted = select(ResultDraft).where(
        ResultDraft.id == draft_id,
        ResultDraft.problem_id.in_(select(Problem.id).where(_of_others())),
    )
    return the_one(session, wanted, to_change=to_change)


def the_problem(session: Session, number: str) -> Problem:
    """The problem of that number; whoever is at this desk may publish any of them but those of a
    unit that he serves, too."""
    return the_one(session, select(Problem).where(Problem.number == number, _of_others()))


def _of_others() -> ColumnElement[bool]:
    """What is found in a draft tells of the cases behind its problem, and by trying names one could
    ask who reported: nobody may who serves the unit. It is asked by the unit, not by the cases, so
    that the refusal tells nothing."""
    staff = signed_in()
    office = staff.units_as(*PUBLISHING_ROLES)
    return Problem.unit_code.not_in(staff.unit_codes - office)
