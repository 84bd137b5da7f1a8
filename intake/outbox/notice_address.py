"""Where the notices of a case may go: the reporter's number, sealed to the worker alone."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base


class NoticeAddress(Base):
    """The number of a reporter who may be texted. Without a row nobody texts him."""

    __tablename__ = "notice_address"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
