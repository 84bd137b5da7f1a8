"""A text message that came in, once for each provider's id, and what it was about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment

# What the marks of an id and of a sender are for.
TEXT_ID, TEXT_SENDER = "text-id", "text-sender"


class InboundText(Base):
    """`message_mark` and `sender_mark` are keyed digests: neither the provider's id nor a number
    is stored.

    `answer` names the template of the answer that was given, so that the same message answers the
    same.
    """

    __tablename__ = "inbound_text"
    __table_args__ = (Index("ix_inbound_text_sender_mark", "sender_mark", "received_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_mark: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    sender_mark: Mapped[bytes] = mapped_column(LargeBinary)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    answer: Mapped[str] = mapped_column(String(40))
    received_at: Mapped[datetime] = mapped_column(UtcMoment)


class TextOptOut(Base):
    """A sender who asked for no more notices (退订). What he sends is registered all the same.

    `number_sealed` is his number, sealed to the worker for nothing but to mark it anew when the
    intake key is turned; None where he asked before it was kept.
    """

    __tablename__ = "text_opt_out"

    sender_mark: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    opted_out_at: Mapped[datetime] = mapped_column(UtcMoment)
    number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
