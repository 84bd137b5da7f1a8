"""An assignment (交办、转办): which unit got a case when and how, under which row of 谁主管谁负责,
and how that ended."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class Outcome(StrEnum):
    """How an assignment ended."""

    RETURNED = "returned"
    REASSIGNED = "reassigned"


class Manner(StrEnum):
    """How a unit got a case: to report back to the office by a date, or not."""

    ASSIGN = "assign"
    TRANSFER = "transfer"

    @property
    def official(self) -> str:
        """The word on the officers' pages."""
        return {Manner.ASSIGN: "交办", Manner.TRANSFER: "转办"}[self]


class Assignment(Base):
    """One unit's turn. `staff_id` is who assigned it; None where the rules did, by a row of the
    campaign's `revision`. `report_by` is the Shanghai day by which the office wants to hear what
    came of it; None where it asked for nothing. `right` is what was ruled of its return."""

    __tablename__ = "assignment"
    __table_args__ = (Index("ix_assignment_case_id", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    responsibility_id: Mapped[int | None] = mapped_column(ForeignKey("responsibility.id"))
    revision: Mapped[int | None]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    assigned_at: Mapped[datetime] = mapped_column(UtcMoment)
    manner: Mapped[Manner] = mapped_column(choice(Manner), default=Manner.ASSIGN)
    report_by: Mapped[date | None]
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    right: Mapped[bool | None]
