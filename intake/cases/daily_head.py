"""The head of the chain as it leaves the machine: one a day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class DailyHead(Base):
    """A signed head of the chain (今日链头), and where it went: when into the file outside the
    database, and to which addresses by mail."""

    __tablename__ = "daily_head"

    on: Mapped[date] = mapped_column(primary_key=True)
    seq: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    filed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    mailed_to: Mapped[list[str]] = mapped_column(JSON, default=list)
