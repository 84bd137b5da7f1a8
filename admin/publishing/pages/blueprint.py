"""The blueprint that the pages of results hang on, and how what they show is found."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.ledger.problem import Problem
from admin.publishing.pages.room import of_others, publishing_room, the_one
from admin.publishing.result_draft import ResultDraft

blueprint = publishing_room("publishing", __name__)


def the_draft(session: Session, draft_id: int, *, to_change: bool = False) -> ResultDraft:
    """The draft of that number, unless it is about a unit that the reader serves."""
    wanted = select(ResultDraft).where(
        ResultDraft.id == draft_id,
        ResultDraft.problem_id.in_(select(Problem.id).where(of_others(session))),
    )
    return the_one(session, wanted, to_change=to_change)


def the_problem(session: Session, number: str) -> Problem:
    """The problem of that number; whoever is at this desk may publish any of them but those of a
    unit that he serves, too."""
    return the_one(session, select(Problem).where(Problem.number == number, of_others(session)))
