"""Pictures that came with a text (彩信), while they still lie at its provider."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class AwaitedPictures(Base):
    """The pictures of one text, for the worker to fetch. `sealed` holds their addresses at the
    provider; the row is gone once they are in the case, or given up."""

    __tablename__ = "awaited_pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcMoment, index=True)
