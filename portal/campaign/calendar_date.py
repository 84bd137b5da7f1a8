"""A dated duty of the plan: publish by, report by, spot check in (plan 五)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class CalendarDate(Base):
    """`monthly_day` is set where the duty comes back every month (the 20th)."""

    __tablename__ = "calendar_date"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    clause: Mapped[str] = mapped_column(String(40))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    monthly_day: Mapped[int | None]
    rolls: Mapped[bool]
    position: Mapped[int]
