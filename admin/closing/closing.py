"""One closing of the campaign (治理收尾): who asked for it, who closed, who opened it again."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class Stage(StrEnum):
    """How far the closing is."""

    RUNNING = "running"
    PREPARED = "prepared"
    CLOSED = "closed"


class Closing(Base):
    """One attempt. It is the present one until it was taken back or undone; several lie one after
    another. Why the campaign was opened again is sealed under the master key."""

    __tablename__ = "campaign_closing"

    id: Mapped[int] = mapped_column(primary_key=True)
    prepared_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    prepared_at: Mapped[datetime] = mapped_column(UtcMoment)
    taken_back_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    reopened_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reopened_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    sealed_reason: Mapped[bytes | None] = mapped_column(LargeBinary)

    @property
    def stage(self) -> Stage:
        """How far it is, while it is the present one."""
        return Stage.CLOSED if self.closed_at else Stage.PREPARED

    @property
    def mark(self) -> str:
        """What a form carries, so that somebody who was slower learns of it."""
        return f"{self.id}.{self.stage}"

    @property
    def context(self) -> bytes:
        """What binds the sealed reason to this row."""
        return f"campaign-closing|{self.id}".encode()
