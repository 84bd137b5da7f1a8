"""Assistance (协办): a unit that helps the lead unit with a part of a case, by a date."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class AssistanceEnd(StrEnum):
    """How an assistance ended."""

    ANSWERED = "answered"
    NOT_OURS = "not_ours"
    DROPPED = "dropped"

    @property
    def official(self) -> str:
        """The words on the officers' pages."""
        return {
            AssistanceEnd.ANSWERED: "已报意见",
            AssistanceEnd.NOT_OURS: "说不归自己",
            AssistanceEnd.DROPPED: "不用协办了",
        }[self]


class Assistance(Base):
    """One unit's help with one case. What it is asked and answers lies sealed with the case.

    `signature` is the staff side's: a row that somebody wrote into the database gives no key.
    """

    __tablename__ = "assistance"
    __table_args__ = (
        Index("ix_assistance_case_id", "case_id"),
        # A unit's list: what it still owes, the earliest date first.
        Index("ix_assistance_owed", "unit_code", "ended_how", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcMoment)
    due_on: Mapped[date]
    end: Mapped[AssistanceEnd | None] = mapped_column("ended_how", choice(AssistanceEnd))
    ended_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
