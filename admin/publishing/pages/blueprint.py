"""The blueprint that the pages of results hang on, and how what they show is found."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.ledger.problem import Problem
from admin.publishing.pages.room import publishing_room, the_one
from admin.publishing.result_draft import ResultDraft

blueprint = publishing_room("publishing", __name__)


def the_draft(session: Session, draft_id: int, *, to_change: bool = False) -> ResultDraft:
    """The draft of that number."""
    wanted = select(ResultDraft).where(ResultDraft.id == draft_id)
    return the_one(session, wanted, to_change=to_change)


def the_problem(session: Session, number: str) -> Problem:
    """The problem of that number; whoever is at this desk may publish any of them."""
    return the_one(session, select(Problem).where(Problem.number == number))
