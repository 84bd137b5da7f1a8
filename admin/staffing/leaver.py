"""Somebody who left (离岗), and what he had in hand, for the heads of his units to look through."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class Matter(StrEnum):
    """What somebody had in hand."""

    CASE = "case"
    PROPOSAL = "proposal"
    PACKAGE = "package"
    ROUND = "round"
    SPOT_CHECK = "spot_check"
    ASSESSMENT = "assessment"

    @property
    def official(self) -> str:
        """The words on the pages."""
        return _OFFICIAL[self]


_OFFICIAL = {
    Matter.CASE: "认领的件，已回到单位，请另派人办",
    Matter.PROPOSAL: "报批还没有定，已撤回，要的话请另一位再报",
    Matter.PACKAGE: "经手的密封包，还没有记送到，请问清在谁手里",
    Matter.ROUND: "安排的督导，还没有结束，请另一位接着管",
    Matter.SPOT_CHECK: "所在的检查组，还没有查完，不够两个人的要换组",
    Matter.ASSESSMENT: "分给他访的户，请拿回来另外分",
}


class Leaver(Base):
    """One leaving. `had_server` says that he could get at the machine: keys want turning then."""

    __tablename__ = "staff_leaver"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    left_at: Mapped[datetime] = mapped_column(UtcMoment)
    ended_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    had_server: Mapped[bool]


class LeaverUnit(Base):
    """A unit that he served, and who of it has looked through what he had."""

    __tablename__ = "staff_leaver_unit"

    leaver_id: Mapped[int] = mapped_column(ForeignKey("staff_leaver.id"), primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"), primary_key=True)
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    seen_at: Mapped[datetime | None] = mapped_column(UtcMoment)


class LeftMatter(Base):
    """One thing that he had in hand for a unit. `ref` is its number or key; of what belongs to a
    case only those are told who may see that."""

    __tablename__ = "staff_left_matter"

    id: Mapped[int] = mapped_column(primary_key=True)
    leaver_id: Mapped[int] = mapped_column(ForeignKey("staff_leaver.id"), index=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    what: Mapped[Matter] = mapped_column(choice(Matter))
    ref: Mapped[str] = mapped_column(String(40))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
