"""The published figures of a month (数字公开), and every release and withdrawal of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    String,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from portal.foundation.database import Base, UtcMoment
from portal.published.month_sheet import MonthSheet


class MonthFigures(Base):
    """One ended month, by its first Shanghai day. `kept` is a `MonthSheet`, small numbers hidden
    already; None while the month is withdrawn. `revision` counts the releases from 1."""

    __tablename__ = "month_figures"

    month: Mapped[date] = mapped_column(primary_key=True)
    revision: Mapped[int]
    kept: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # Of the last release or withdrawal.
    changed_at: Mapped[datetime] = mapped_column(UtcMoment)
    changes: Mapped[list[FiguresChange]] = relationship(
        order_by="FiguresChange.id.desc()", lazy="select"
    )

    @property
    def sheet(self) -> MonthSheet | None:
        """What the public reads of it."""
        return None if self.kept is None else MonthSheet.from_json(self.kept)


def is_newest() -> ColumnElement[bool]:
    """The condition on the newest month that the public reads."""
    other = aliased(MonthFigures)
    newest = select(func.max(other.month)).where(other.kept.is_not(None)).scalar_subquery()
    return MonthFigures.month == newest


class FiguresChange(Base):
    """One release of a month or its withdrawal, and why; only ever added. The numbers of earlier
    releases aren't kept where the public reads: a small number could be had by subtracting."""

    __tablename__ = "figures_change"
    __table_args__ = (UniqueConstraint("month", "revision", "withdrawn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(ForeignKey("month_figures.month"))
    revision: Mapped[int]
    withdrawn: Mapped[bool] = mapped_column()
    changed_at: Mapped[datetime] = mapped_column(UtcMoment)
    note: Mapped[str] = mapped_column(String(300))
