"""Milestones (节点): the steps of cases that figures count, each with the date by which it was due.

They are read from the chain of events and from nothing else, so that they can be thrown away and
come out the same.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, choice


class Step(StrEnum):
    """What a milestone is. `RESPONDED` is the first word to a reporter to whom one is owed by a
    day. The last three are days on which a date was found to be over: of signing for a case, of
    answering it, of anything else."""

    ASSIGNED = "assigned"
    SIGNED_FOR = "signed_for"
    RESPONDED = "responded"
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"
    RETURNED = "returned"
    RETURN_RIGHT = "return_right"
    RETURN_WRONG = "return_wrong"
    SIGNING_OVERDUE = "signing_overdue"
    ANSWER_OVERDUE = "answer_overdue"
    OVERDUE = "overdue"


class Milestone(Base):
    """One step of a case by one unit on a Shanghai day. `due_on` is the day by which it was owed,
    None where none was; `extended`: that day had been moved."""

    __tablename__ = "milestone"
    __table_args__ = (
        Index("ix_milestone_happened_on", "happened_on", "step"),
        Index("ix_milestone_case_id", "case_id", "step"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    step: Mapped[Step] = mapped_column(choice(Step))
    happened_on: Mapped[date]
    due_on: Mapped[date | None]
    extended: Mapped[bool] = mapped_column(default=False)


class CountedTo(Base):
    """How far the chain of events was read; one row."""

    __tablename__ = "counted_to"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
