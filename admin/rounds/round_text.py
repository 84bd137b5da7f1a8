"""What is written about a round, sealed sentence by sentence."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class RoundTextKind(StrEnum):
    """What a text is: purpose and what was seen are the office's own, the rest the unit reads."""

    PURPOSE = "purpose"
    SEEN = "seen"
    CLOSED = "closed"
    ORDER = "order"
    REPORT = "report"
    REASON = "reason"
    ACCEPTED = "accepted"


class RoundText(Base):
    """One sealed text about a round, about a visit of it, or about an order."""

    __tablename__ = "round_text"
    __table_args__ = (Index("ix_round_text_round_id_id", "round_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("supervision_round.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("round_visit.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("round_order.id"))
    kind: Mapped[RoundTextKind] = mapped_column(choice(RoundTextKind))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcMoment)
