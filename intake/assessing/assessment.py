"""An assessment of effect (成效评估): what is asked, about which units and policies, and how far it
is. No list of recipients is kept (decision 40), so that nothing here names anybody."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class AssessmentState(StrEnum):
    """How far an assessment is."""

    PREPARING = "preparing"
    DRAWN = "drawn"
    CLOSED = "closed"
    DROPPED = "dropped"

    @property
    def official(self) -> str:
        """The word on the staff's pages."""
        return {
            AssessmentState.PREPARING: "等名单数",
            AssessmentState.DRAWN: "正在访",
            AssessmentState.CLOSED: "结束了",
            AssessmentState.DROPPED: "不做了",
        }[self]


class Assessment(Base):
    """One assessment. `key` stands in its address; `first_on` and `last_on` are the Shanghai days
    between which the money was paid; `policies` and `units` are codes of what it is about, beside
    its streets. `questions` is read by `questions.of_rows`; `asked` is how many households are to
    be drawn. `record` is the draw in one text, by which anybody who may read it draws the same.
    `remarks_destroyed_on` is the Shanghai day on which what interviewers remarked was destroyed."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(8), unique=True)
    title: Mapped[str] = mapped_column(String(80))
    state: Mapped[AssessmentState] = mapped_column(choice(AssessmentState))
    first_on: Mapped[date]
    last_on: Mapped[date]
    policies: Mapped[list[str]] = mapped_column(JSON)
    units: Mapped[list[str]] = mapped_column(JSON)
    questions: Mapped[list[list[str]]] = mapped_column(JSON)
    asked: Mapped[int]
    opened_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcMoment)
    drawn_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    record: Mapped[str | None] = mapped_column(Text)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    closed_on: Mapped[date | None]
    remarks_destroyed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
