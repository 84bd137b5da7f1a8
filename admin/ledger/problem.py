"""A problem of the ledger (问题清单、台账, plan 五(二)1): found, rectified, struck off."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice
from portal.published.result import ResultState


class Source(StrEnum):
    """Where a problem came from. What a unit reads never says that somebody reported it."""

    VERIFICATION = "verification"

    @property
    def official(self) -> str:
        """The word in the ledger."""
        return {Source.VERIFICATION: "核查发现"}[self]


class Problem(Base):
    """One problem. All sentences about it are sealed in its compartment; `amount` is in yuan.

    `number` is never reused. `rectified_by` and `struck_off_by` are different people.
    """

    __tablename__ = "problem"
    __table_args__ = (
        Index("ix_problem_unit_state", "unit_code", "state"),
        Index("ix_problem_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    source: Mapped[Source] = mapped_column(choice(Source))
    state: Mapped[ResultState] = mapped_column(choice(ResultState))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
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
    struck_off_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    struck_off_on: Mapped[date | None]
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


class LedgerTextKind(StrEnum):
    """What a sealed text of the ledger is."""

    WHAT_IS_WRONG = "what_is_wrong"
    LEADER = "leader"
    PERSON = "person"
    MEASURE = "measure"
    EVIDENCE = "evidence"
    HEADS_WORD = "heads_word"
    REASON = "reason"
    APPROVAL = "approval"

    @property
    def is_work(self) -> bool:
        """Whether its writer had a hand in what is to be approved, so that he can't approve it."""
        return self not in {LedgerTextKind.REASON, LedgerTextKind.APPROVAL}


class LedgerText(Base):
    """One sealed text about a problem, or about one of its measures."""

    __tablename__ = "ledger_text"
    __table_args__ = (Index("ix_ledger_text_problem_id_id", "problem_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"))
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    kind: Mapped[LedgerTextKind] = mapped_column(choice(LedgerTextKind))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcMoment)


class Measure(Base):
    """One measure (整改措施) of the unit; its text and evidence are sealed beside the problem."""

    __tablename__ = "measure"

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), index=True)
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    done_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    done_on: Mapped[date | None]
