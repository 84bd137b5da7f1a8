"""The blueprint that these pages hang on, and how what they show is found."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.public_figures.figures_draft import FiguresDraft
from admin.public_figures.month import month_of
from admin.publishing.pages.room import publishing_room, the_one
from portal.published.month_figures import MonthFigures

blueprint = publishing_room("public_figures", __name__)


def the_draft(session: Session, draft_id: int, *, to_change: bool = False) -> FiguresDraft:
    """The draft of that number."""
    wanted = select(FiguresDraft).where(FiguresDraft.id == draft_id)
    return the_one(session, wanted, to_change=to_change)


def published(session: Session, text: str, *, to_change: bool = False) -> MonthFigures:
    """The month of an address, which stands on the public site; otherwise 404."""
    wanted = select(MonthFigures).where(
        MonthFigures.month == month_of(text), MonthFigures.kept.is_not(None)
    )
    return the_one(session, wanted, to_change=to_change)
