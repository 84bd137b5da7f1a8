"""A published rectification result (整改情况公开公示, plan 五(二)1) with the history of its
figures.

A result is a copy that a second reader released. It holds no case number and nothing of a reporter.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.foundation.database import Base, UtcMoment, choice
from portal.published.heading import heading_of


class ResultState(StrEnum):
    """How far a problem is, in the public words of the ledger."""

    FOUND = "found"
    RECTIFYING = "rectifying"
    RECTIFIED = "rectified"
    STRUCK_OFF = "struck_off"
    CARRIED_OVER = "carried_over"
    UNFOUNDED = "unfounded"

    @property
    def plain(self) -> str:
        """The state in a citizen's words."""
        return _PLAIN[self]


_PLAIN = {
    ResultState.FOUND: "发现",
    ResultState.RECTIFYING: "正在改",
    ResultState.RECTIFIED: "改好待查",
    ResultState.STRUCK_OFF: "已销号",
    ResultState.CARRIED_OVER: "暂时改不了（挂账）",
    ResultState.UNFOUNDED: "查了不属实",
}


class Result(Base):
    """One published result under the ledger's public number, never reused. Of a withdrawn one only
    a dated note is left."""

    __tablename__ = "result"

    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    problem_code: Mapped[str] = mapped_column(ForeignKey("problem_type.code"))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    place_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"))
    policy_code: Mapped[str | None] = mapped_column(ForeignKey("policy.code"))
    summary: Mapped[str] = mapped_column(Text)
    measures: Mapped[str] = mapped_column(Text)
    progress: Mapped[str] = mapped_column(Text)
    state: Mapped[ResultState] = mapped_column(choice(ResultState))
    rectify_by: Mapped[date | None]
    struck_off_on: Mapped[date | None]
    released_at: Mapped[datetime] = mapped_column(UtcMoment)
    withdrawn_on: Mapped[date | None]
    withdrawn_because: Mapped[str] = mapped_column(String(200), default="")
    revisions: Mapped[list[ResultRevision]] = relationship(
        order_by="ResultRevision.revision.desc()", lazy="select"
    )

    @property
    def heading(self) -> str:
        """What was wrong, as lists say it."""
        return heading_of(self.summary)


# What the public reads; of what was withdrawn only its own page tells.
STANDING = Result.withdrawn_on.is_(None)


class ResultRevision(Base):
    """One release of a result: all that it said, and when. Revisions are only ever added; what one
    said goes when it is withdrawn, and the day and the reason stay.

    Releases of before migration 0029 that were not the last one kept their texts and state only:
    see `is_whole`.
    """

    __tablename__ = "result_revision"
    __table_args__ = (UniqueConstraint("result_number", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    result_number: Mapped[str] = mapped_column(ForeignKey("result.number"))
    revision: Mapped[int]
    released_at: Mapped[datetime] = mapped_column(UtcMoment)
    state: Mapped[ResultState] = mapped_column(choice(ResultState))
    summary: Mapped[str] = mapped_column(Text)
    measures: Mapped[str] = mapped_column(Text)
    progress: Mapped[str] = mapped_column(Text)
    problem_code: Mapped[str | None] = mapped_column(ForeignKey("problem_type.code"))
    unit_code: Mapped[str | None] = mapped_column(ForeignKey("unit.code"))
    place_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"))
    policy_code: Mapped[str | None] = mapped_column(ForeignKey("policy.code"))
    rectify_by: Mapped[date | None]
    struck_off_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(200))
    withdrawn_on: Mapped[date | None]
    withdrawn_because: Mapped[str] = mapped_column(String(200), default="")

    @property
    def is_whole(self) -> bool:
        """Whether everything it said was kept. Every release names a unit, so that one without
        didn't keep it; only then do empty fields mean that nobody knows."""
        return self.unit_code is not None
