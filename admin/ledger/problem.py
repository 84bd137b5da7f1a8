"""A problem of the ledger (问题清单、台账, plan 五(二)1): found, rectified, struck off."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice
from portal.published.result import ResultState


class Source(StrEnum):
    """Where a problem came from. What a unit reads never says that somebody reported it: whatever a
    case brought to light was found by checking (核查发现)."""

    VERIFICATION = "verification"
    OWN_CHECK = "own_check"
    SPOT_CHECK = "spot_check"
    SUPERVISION_ROUND = "supervision_round"
    AUDIT = "audit"
    ABOVE = "above"
    PRESS = "press"

    @property
    def official(self) -> str:
        """The word in the ledger."""
        return _OFFICIAL[self]


_OFFICIAL = {
    Source.VERIFICATION: "核查发现",
    Source.OWN_CHECK: "自查发现",
    Source.SPOT_CHECK: "重点抽查",
    Source.SUPERVISION_ROUND: "督导发现",
    Source.AUDIT: "审计移送",
    Source.ABOVE: "上级交办",
    Source.PRESS: "媒体曝光",
}


class Problem(Base):
    """One problem. All sentences about it are sealed in its compartment; sums are in yuan, days are
    Shanghai's.

    `number` is never reused. `found_by` is the unit that found it, `line_code` the department that
    sums it up for the office (条线主管); a problem that came of an accusation has none, so that
    nobody but its unit and the office knows of it. `carried_until`: the day on which a problem that
    was carried over (挂账) is looked at again. `reopened_after`: the id of its last measure when
    it was reopened, so that a new one is asked for. `rectified_by` and `settled_by`, who struck
    it off or found it unfounded on `settled_on`, are different people.
    """

    __tablename__ = "problem"
    __table_args__ = (
        Index("ix_problem_unit_state", "unit_code", "state"),
        Index("ix_problem_state", "state"),
        Index("ix_problem_found_by", "found_by"),
        Index("ix_problem_line_code", "line_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    source: Mapped[Source] = mapped_column(choice(Source))
    state: Mapped[ResultState] = mapped_column(choice(ResultState))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    found_by: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    line_code: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    place_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"))
    problem_code: Mapped[str] = mapped_column(ForeignKey("problem_type.code"))
    policy_code: Mapped[str | None] = mapped_column(ForeignKey("policy.code"))
    fund_year: Mapped[int | None]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    persons: Mapped[int | None]
    recovered: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    paid_back: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    rectify_by: Mapped[date]
    opened_at: Mapped[datetime] = mapped_column(UtcMoment)
    opened_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    rectified_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    carried_until: Mapped[date | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    settled_on: Mapped[date | None]
    reopened_after: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def label(self) -> str:
        """What ties this problem's compartment to it."""
        return f"problem:{self.number}"


class ProblemCase(Base):
    """Which cases fed a problem. The office alone sees it."""

    __tablename__ = "problem_case"

    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True, index=True)
