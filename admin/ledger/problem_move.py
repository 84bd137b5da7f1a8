"""Which state a problem came into on which day: what its totals are counted from, for any day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, choice
from portal.published.result import ResultState


class ProblemMove(Base):
    """One move. Rows are only ever added."""

    __tablename__ = "problem_move"
    __table_args__ = (
        Index("ix_problem_move_problem_id_id", "problem_id", "id"),
        Index("ix_problem_move_moved_on", "moved_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"))
    state: Mapped[ResultState] = mapped_column(choice(ResultState))
    moved_on: Mapped[date]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
