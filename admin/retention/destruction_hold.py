"""That whoever decides about a case keeps it from being destroyed (暂停销毁)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment

_RUNS = text("ended_at IS NULL")


class DestructionHold(Base):
    """One hold; a case has one at a time. Why it is held, and why no more, lie sealed with the
    case among the office's own reasons."""

    __tablename__ = "destruction_hold"
    __table_args__ = (
        Index(
            "uq_destruction_hold_running",
            "case_id",
            unique=True,
            sqlite_where=_RUNS,
            postgresql_where=_RUNS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    held_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    held_at: Mapped[datetime] = mapped_column(UtcMoment)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcMoment)
