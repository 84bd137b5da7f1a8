"""Where a member of staff is told by mail that something waits for him: an address that he left
himself, sealed to the worker alone."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class StaffMail(Base):
    """One person's address. `seen_at` is when he was last seen here, `looked_on` the Shanghai day
    on which the worker last looked whether something waits for him, `mailed_at` when he was last
    told so."""

    __tablename__ = "staff_mail"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    seen_at: Mapped[datetime] = mapped_column(UtcMoment)
    looked_on: Mapped[date]
    mailed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
