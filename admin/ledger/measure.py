"""A measure that a unit takes to put a problem right."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class Measure(Base):
    """One measure (整改措施) of the unit. Its text, who sees to it and its evidence are sealed with
    the problem; `due_on`, which only measures of earlier days may lack, and `done_on` are
    Shanghai's days."""

    __tablename__ = "measure"

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), index=True)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    due_on: Mapped[date | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    done_on: Mapped[date | None]
