"""What a team writes down at a unit: visits to households, and what it concludes; and which
problems of the ledger it found there."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice

_THE_UNIT = ["spot_check_unit.check_id", "spot_check_unit.unit_code"]


class CheckEntryKind(StrEnum):
    """What sort of entry it is."""

    VISITS = "visits"
    CONCLUSION = "conclusion"

    @property
    def official(self) -> str:
        """The word on the staff's pages."""
        return {CheckEntryKind.VISITS: "入户", CheckEntryKind.CONCLUSION: "查完了"}[self]


class CheckEntry(Base):
    """One entry. Of visits on a Shanghai day: households `visited`, of which what was paid was
    `confirmed` or was `deviating`; no household is named. The note is sealed for the office and
    the team."""

    __tablename__ = "spot_check_entry"
    __table_args__ = (
        ForeignKeyConstraint(["check_id", "unit_code"], _THE_UNIT),
        Index("ix_spot_check_entry_check_id_unit_code", "check_id", "unit_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int]
    unit_code: Mapped[str]
    team_id: Mapped[int] = mapped_column(ForeignKey("spot_check_team.id"))
    kind: Mapped[CheckEntryKind] = mapped_column(choice(CheckEntryKind))
    visited_on: Mapped[date | None]
    visited: Mapped[int] = mapped_column(default=0)
    confirmed: Mapped[int] = mapped_column(default=0)
    deviating: Mapped[int] = mapped_column(default=0)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcMoment)


class CheckFinding(Base):
    """That a problem of the ledger was found at a unit that was checked."""

    __tablename__ = "spot_check_finding"
    __table_args__ = (
        ForeignKeyConstraint(["check_id", "unit_code"], _THE_UNIT),
        Index("ix_spot_check_finding_check_id_unit_code", "check_id", "unit_code"),
    )

    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), primary_key=True)
    check_id: Mapped[int]
    unit_code: Mapped[str]
