"""A month's figures, prepared and not released yet."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from admin.publishing.result_draft import DraftState
from portal.foundation.database import Base, UtcMoment, choice
from portal.published.month_sheet import MonthSheet


class FiguresDraft(Base):
    """One draft. `kept` is the sheet as the public will read it, with small numbers hidden already;
    what was counted stands nowhere. `sealed` is what was typed: why a month is published again, and
    why a draft was sent back."""

    __tablename__ = "figures_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date]
    state: Mapped[DraftState] = mapped_column(choice(DraftState))
    kept: Mapped[dict[str, Any]] = mapped_column(JSON)
    prepared_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    prepared_at: Mapped[datetime] = mapped_column(UtcMoment)
    released_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def sheet(self) -> MonthSheet:
        """What the public will read."""
        return MonthSheet.from_json(self.kept)
