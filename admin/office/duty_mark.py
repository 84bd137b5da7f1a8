"""That the office did what the plan's calendar asks for, where no room of this site can tell."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class DutyMark(Base):
    """One duty on the Shanghai day on which it fell due, and the day on which it was done. `key` is
    the calendar's; the campaign's data may be loaded anew, so that no foreign key holds it."""

    __tablename__ = "duty_mark"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    done_on: Mapped[date]
    noted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcMoment)
