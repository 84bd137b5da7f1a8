"""An alarm: somebody opened unusually many cases on one day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class ReadingAlarm(Base):
    """`most` is the number of cases in a day up to which nobody wonders, by what this person
    usually reads. How many he did read each reader of the alarm counts for himself, among the cases
    that exist for him."""

    __tablename__ = "reading_alarm"
    __table_args__ = (Index("ix_reading_alarm_on", "on"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    most: Mapped[int]
    raised_at: Mapped[datetime] = mapped_column(UtcMoment)
