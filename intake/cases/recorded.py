"""Who wrote a case down (登记员): he sees afterwards that it exists and how far it is, no more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class Recorded(Base):
    """One case that a member of staff wrote down for somebody (信访工作条例 19)."""

    __tablename__ = "recorded"
    __table_args__ = (Index("ix_recorded_staff_id_recorded_at", "staff_id", "recorded_at"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcMoment)
    # How many came for others (信访工作条例 20); who they are, lies sealed with the case.
    representatives: Mapped[int] = mapped_column(default=0)
