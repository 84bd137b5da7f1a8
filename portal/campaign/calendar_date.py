"""A dated duty of the plan: publish by, report by, spot check in (plan 五)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, choice


class Task(StrEnum):
    """What a duty is, where the product has a room for it and can tell how far it is."""

    MONTHLY_RETURN = "monthly_return"
    SPOT_CHECK = "spot_check"
    SUPERVISION_ROUND = "supervision_round"
    SUMMARY = "summary"


class CalendarDate(Base):
    """`monthly_day` is set where the duty comes back every month (the 20th). `who` has to do it, in
    the plan's words. Without a `task` the office notes by hand that it was done."""

    __tablename__ = "calendar_date"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    clause: Mapped[str] = mapped_column(String(40))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    monthly_day: Mapped[int | None]
    rolls: Mapped[bool]
    who: Mapped[str] = mapped_column(String(40))
    task: Mapped[Task | None] = mapped_column(choice(Task))
    position: Mapped[int]
