"""A spreadsheet of orders that somebody uploaded: kept sealed until its rows are registered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.cases.case import Channel
from portal.foundation.database import Base, UtcMoment, choice


class OrderSheet(Base):
    """One upload. `sealed` is empty as soon as nothing of it is left to register. `done` counts the
    rows that were gone through, `registered` those that became cases; the others were known, or
    `left_out` since something of the campaign had changed."""

    __tablename__ = "order_sheet"
    __table_args__ = (Index("ix_order_sheet_staff_id_id", "staff_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    source: Mapped[Channel] = mapped_column(choice(Channel))
    from_unit: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    rows: Mapped[int]
    uploaded_at: Mapped[datetime] = mapped_column(UtcMoment)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    done: Mapped[int] = mapped_column(default=0)
    registered: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)

    @property
    def context(self) -> bytes:
        """What binds the sealed rows to this upload."""
        return f"order-sheet|{self.key}|{self.staff_id}".encode()

    @property
    def is_over(self) -> bool:
        """Whether every row was gone through."""
        return self.confirmed_at is not None and self.done >= self.rows

    @property
    def known(self) -> int:
        """How many rows were there before."""
        return self.done - self.registered - self.left_out
