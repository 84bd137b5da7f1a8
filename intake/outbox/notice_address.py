"""Where the notices of a case may go: the reporter's number or mail address, each sealed to the
worker alone."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from intake.rules.sending import Medium
from portal.foundation.database import Base, choice


class NoticeAddress(Base):
    """Where a reporter may be texted or mailed. Without a row nobody does."""

    __tablename__ = "notice_address"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    medium: Mapped[Medium] = mapped_column(choice(Medium), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
