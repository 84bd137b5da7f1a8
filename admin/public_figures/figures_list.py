"""What the desk reads of the public figures: each month, how far it is, and who prepared it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin.public_figures.figures_draft import FiguresDraft
from admin.public_figures.preparing import months
from admin.publishing.result_draft import DraftState
from portal.foundation.staff import Staff
from portal.published.month_figures import MonthFigures


@dataclass(frozen=True)
class Month:
    """One ended month. `draft` isn't released; `standing` is what was ever published of it."""

    month: date
    draft: FiguresDraft | None
    prepared_by: str
    standing: MonthFigures | None

    @property
    def is_published(self) -> bool:
        """Whether the public reads it now."""
        return self.standing is not None and self.standing.kept is not None


def listed(session: Session) -> list[Month]:
    """Every month that could be published, newest first."""
    drafts = {
        draft.month: (draft, name)
        for draft, name in session.execute(
            select(FiguresDraft, Staff.display_name)
            .join(Staff, Staff.id == FiguresDraft.prepared_by)
            .where(FiguresDraft.state != DraftState.RELEASED)
        )
    }
    standing = {one.month: one for one in session.scalars(select(MonthFigures))}
    found = []
    for month in months(session):
        draft, name = drafts.get(month, (None, ""))
        found.append(Month(month, draft, name, standing.get(month)))
    return found


def count_waiting_months(session: Session) -> int:
    """How many months wait for a second reader."""
    waits = FiguresDraft.state == DraftState.DRAFTED
    return session.scalar(select(func.count()).select_from(FiguresDraft).where(waits)) or 0
