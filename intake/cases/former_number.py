"""A sender's number that an order was entered under by mistake, and can still be found by."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class FormerNumber(Base):
    """One wrong number of an order, sealed and stamped as its right one is. It may be the right
    number of another order: so nothing is known again by it, it only leads to where it stood."""

    __tablename__ = "order_former_number"
    __table_args__ = (
        Index("ix_order_former_number_stamp", "number_stamp"),
        Index("ix_order_former_number_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("order.case_id"))
    number_stamp: Mapped[str] = mapped_column(String(64))
    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    corrected_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    corrected_at: Mapped[datetime] = mapped_column(UtcMoment)
