"""What is written about a referral: why, the body's receipt, its progress, how it ended. Always
sealed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class ReferralTextKind(StrEnum):
    """What a text about a referral is."""

    REASON = "reason"
    RECEIPT = "receipt"
    REFUSAL = "refusal"
    ASKED = "asked"
    PROGRESS = "progress"
    RETURNED = "returned"
    OUTCOME = "outcome"

    @property
    def official(self) -> str:
        """The heading over it."""
        return {
            ReferralTextKind.REASON: "为什么要移送",
            ReferralTextKind.RECEIPT: "收件编号",
            ReferralTextKind.REFUSAL: "为什么不移送",
            ReferralTextKind.ASKED: "催问进展",
            ReferralTextKind.PROGRESS: "进展",
            ReferralTextKind.RETURNED: "退回的理由",
            ReferralTextKind.OUTCOME: "怎么了结的",
        }[self]


class ReferralText(Base):
    """One sealed text."""

    __tablename__ = "referral_text"
    __table_args__ = (Index("ix_referral_text_referral_id", "referral_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    kind: Mapped[ReferralTextKind] = mapped_column(choice(ReferralTextKind))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcMoment)
