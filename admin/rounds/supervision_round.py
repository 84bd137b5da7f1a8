"""A supervision round (督导): when, which of the plan's dates it answers, which units it visits."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class SupervisionRound(Base):
    """One round. `key` stands in its address, `duty` is the key of the calendar's date that it
    answers, if it does; days are Shanghai's. What it looks at is sealed to the office."""

    __tablename__ = "supervision_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(8), unique=True)
    duty: Mapped[str | None] = mapped_column(String(40))
    first_on: Mapped[date]
    last_on: Mapped[date]
    planned_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    planned_at: Mapped[datetime] = mapped_column(UtcMoment)
    closed_on: Mapped[date | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    version: Mapped[int] = mapped_column(default=1)

    @property
    def label(self) -> str:
        """What ties the office's compartment to it."""
        return f"round:{self.key}"

    def unit_label(self, unit: str) -> str:
        """What ties the compartment of one visited unit to it."""
        return f"round:{self.key}:{unit}"


class RoundVisit(Base):
    """That a round goes to a unit, and on which Shanghai day it was there."""

    __tablename__ = "round_visit"
    __table_args__ = (UniqueConstraint("round_id", "unit_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("supervision_round.id"))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), index=True)
    visited_on: Mapped[date | None]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class RoundProblem(Base):
    """Which problems of the ledger a visit found."""

    __tablename__ = "round_problem"

    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("round_visit.id"), index=True)
