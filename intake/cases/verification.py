"""A verification (核查): a fact that a unit checks for another one's case by a date, without seeing
that case."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.cases.case import NO_DUE_DATE
from portal.foundation.database import Base, UtcMoment, choice


class VerificationEnd(StrEnum):
    """How a verification ended."""

    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"

    @property
    def official(self) -> str:
        """The words on the officers' pages."""
        return {
            VerificationEnd.ANSWERED: "已答复",
            VerificationEnd.WITHDRAWN: "不用核查了",
        }[self]


class Verification(Base):
    """One request. `key` names it in addresses, since an id would tell how many there are;
    `asking_code` is the unit that asks, `unit_code` the one that checks.

    What it is asked and what it answered lie in a compartment of the request's own (`label`), whose
    only holder it is: of the case it holds no key. Those who handle the case read both there.
    """

    __tablename__ = "verification"
    __table_args__ = (
        Index("ix_verification_case_id", "case_id"),
        # A unit's list: what it still owes, the earliest date first.
        Index("ix_verification_owed", "unit_code", "ended_how", "due_on"),
        # Few are looked at on one day: most are answered or not yet near.
        Index("ix_verification_watch_on", "watch_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    asking_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcMoment)
    due_on: Mapped[date]
    sealed_question: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    # The next Shanghai day on which somebody is reminded of it, and when its unit last was.
    watch_on: Mapped[date] = mapped_column(default=NO_DUE_DATE)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    end: Mapped[VerificationEnd | None] = mapped_column("ended_how", choice(VerificationEnd))
    ended_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    @property
    def label(self) -> str:
        """What ties its compartment to it."""
        return f"verification:{self.key}"
