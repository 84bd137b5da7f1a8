"""What was sent to a superior (报送): a summary, or another report; with the very file that
went."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class HowSent(StrEnum):
    """How it went."""

    EXCHANGE = "exchange"
    MAIL = "mail"
    PAPER = "paper"
    OTHER = "other"

    @property
    def official(self) -> str:
        """The words on the staff's pages."""
        return {
            "exchange": "公文交换",
            "mail": "电子邮件",
            "paper": "送纸质件",
            "other": "别的办法",
        }[self.value]


class Heard(StrEnum):
    """What came back."""

    RECEIVED = "received"
    RETURNED = "returned"

    @property
    def official(self) -> str:
        """The words on the staff's pages."""
        return {"received": "对方收到了", "returned": "对方退回，要补要改"}[self.value]


class Sending(Base):
    """One file to one receiver on a Shanghai day; of a summary, or of no summary where it is
    another report. Title, receiver, document number and remark (`words`) and the file are sealed to
    the office; `digest` is the file's SHA-256."""

    __tablename__ = "sending"
    __table_args__ = (Index("ix_sending_summary_id", "summary_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(8), unique=True)
    summary_id: Mapped[int | None] = mapped_column(ForeignKey("summary.id"))
    sent_on: Mapped[date]
    how: Mapped[HowSent] = mapped_column(choice(HowSent))
    words: Mapped[bytes] = mapped_column(LargeBinary)
    file: Mapped[bytes] = mapped_column(LargeBinary)
    file_type: Mapped[str] = mapped_column(String(8))
    digest: Mapped[str] = mapped_column(String(64))
    noted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcMoment)

    @property
    def label(self) -> str:
        """What ties its compartment to it."""
        return f"sending:{self.key}"


class SendingNote(Base):
    """What the receiver said of it on a Shanghai day, sealed as the sending is. Rows are only ever
    added."""

    __tablename__ = "sending_note"
    __table_args__ = (Index("ix_sending_note_sending_id", "sending_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sending_id: Mapped[int] = mapped_column(ForeignKey("sending.id"))
    heard: Mapped[Heard] = mapped_column(choice(Heard))
    heard_on: Mapped[date]
    words: Mapped[bytes] = mapped_column(LargeBinary)
    noted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcMoment)
