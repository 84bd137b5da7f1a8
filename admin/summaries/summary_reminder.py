"""That a unit was reminded of its part of a summary."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class SummaryReminder(Base):
    """Once for a unit and a Shanghai day. Rows are only ever added."""

    __tablename__ = "summary_reminder"
    __table_args__ = (UniqueConstraint("duty", "unit_code", "reminded_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty: Mapped[str] = mapped_column(String(40))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    reminded_on: Mapped[date]
    reminded_at: Mapped[datetime] = mapped_column(UtcMoment)
