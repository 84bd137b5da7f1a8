"""A referral (移送): what accuses somebody in a case goes to the body that may look into it, by
whom it concerns (干部管理权限). A mark of the case and never its end.

What was written about it lies sealed in a box of its own; here are codes, days and sums only.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class ReferralState(StrEnum):
    """How far a referral is. `PROPOSED`: somebody found that the matter is the body's, and nobody
    has agreed yet; `DECIDED`: agreed, and on its way by hand."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    DECIDED = "decided"
    REFERRED = "referred"
    RETURNED = "returned"
    CONCLUDED = "concluded"

    @property
    def official(self) -> str:
        """The word on the officers' pages."""
        return _STATES[self]


_STATES = {
    ReferralState.PROPOSED: "待决定",
    ReferralState.REFUSED: "没有移送",
    ReferralState.DECIDED: "待送达",
    ReferralState.REFERRED: "已移送",
    ReferralState.RETURNED: "被退回",
    ReferralState.CONCLUDED: "已了结",
}
# The body has it, and reads it where it has an account here.
WITH_THE_BODY = (ReferralState.REFERRED, ReferralState.CONCLUDED)
RUNNING = (ReferralState.PROPOSED, ReferralState.DECIDED, ReferralState.REFERRED)


class Stage(StrEnum):
    """What a body tells of its progress (纪检监察机关处理检举控告工作规则 17)."""

    RECEIVED = "received"
    TALKED = "talked"
    VERIFYING = "verifying"
    HELD = "held"
    OPENED = "opened"
    OTHER = "other"

    @property
    def official(self) -> str:
        """The word on the officers' pages."""
        return {
            Stage.RECEIVED: "已收件",
            Stage.TALKED: "谈话函询",
            Stage.VERIFYING: "初步核实",
            Stage.HELD: "暂存待查",
            Stage.OPENED: "立案",
            Stage.OTHER: "其他进展",
        }[self]


class ReferralOutcome(StrEnum):
    """How a body ended what was referred to it."""

    UNFOUNDED = "unfounded"
    SETTLED = "settled"
    NOT_OPENED = "not_opened"
    ADMONISHED = "admonished"
    PUNISHED = "punished"
    FINED = "fined"
    PROSECUTED = "prosecuted"
    SENTENCED = "sentenced"

    @property
    def official(self) -> str:
        """The words on the officers' pages."""
        return {
            ReferralOutcome.UNFOUNDED: "查无实据",
            ReferralOutcome.SETTLED: "予以了结",
            ReferralOutcome.NOT_OPENED: "不予立案",
            ReferralOutcome.ADMONISHED: "组织处理（批评教育、诫勉等）",
            ReferralOutcome.PUNISHED: "党纪政务处分",
            ReferralOutcome.FINED: "行政处罚",
            ReferralOutcome.PROSECUTED: "移送司法机关",
            ReferralOutcome.SENTENCED: "法院判决",
        }[self]


class Referral(Base):
    """One referral. `key` names it in addresses and events, since an id would tell how many there
    are; `level` is a code of the campaign's. `by_hand`: the body has no account here, two people
    carry a package. `with_contact`: the body learns how the reporter can be reached.

    Days are Shanghai dates, sums are in yuan. `remind_on` is the day on which progress is asked
    for next. `signature` is the staff side's: a row that somebody wrote into the database gives no
    key.
    """

    __tablename__ = "referral"
    __table_args__ = (
        Index("ix_referral_case_id", "case_id"),
        Index("ix_referral_state_remind_on", "state", "remind_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    level: Mapped[str] = mapped_column(String(20))
    state: Mapped[ReferralState] = mapped_column(choice(ReferralState))
    by_hand: Mapped[bool]
    with_contact: Mapped[bool]
    found_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    found_on: Mapped[date]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    referred_on: Mapped[date | None]
    stage: Mapped[Stage | None] = mapped_column(choice(Stage))
    last_news_on: Mapped[date | None]
    asked_on: Mapped[date | None]
    remind_on: Mapped[date | None]
    reminded_on: Mapped[date | None]
    outcome: Mapped[ReferralOutcome | None] = mapped_column(choice(ReferralOutcome))
    concluded_on: Mapped[date | None]
    concluded_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    recovered: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    refunded: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    punished: Mapped[int | None]
    told_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    signature: Mapped[bytes] = mapped_column(LargeBinary)

    @property
    def label(self) -> str:
        """What ties this referral's compartment to it."""
        return f"referral:{self.key}"

    @property
    def is_with_a_reader(self) -> bool:
        """Whether somebody of the body reads the case here."""
        return self.state in WITH_THE_BODY and not self.by_hand
