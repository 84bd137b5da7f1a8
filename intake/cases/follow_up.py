"""A follow-up (回访): what is asked after a case was closed, one row for each time that it was."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.rules.satisfaction import Solved, is_unhappy
from portal.foundation.database import Base, UtcMoment, choice


class Why(StrEnum):
    """Why a reporter is visited."""

    DRAWN = "drawn"
    REOPENED = "reopened"
    UNSATISFIED = "unsatisfied"

    @property
    def official(self) -> str:
        """The words on the officers' pages."""
        return {
            Why.DRAWN: "抽到的",
            Why.REOPENED: "重办过",
            Why.UNSATISFIED: "不满意",
        }[self]


class Outcome(StrEnum):
    """How a follow-up ended."""

    SATISFIED = "satisfied"
    UNFOUNDED = "unfounded"
    REOPENED = "reopened"
    UNREACHABLE = "unreachable"

    @property
    def official(self) -> str:
        """The words on the officers' pages."""
        return {
            Outcome.SATISFIED: "回访过，没有不满意",
            Outcome.UNFOUNDED: "不满意，查过没有依据",
            Outcome.REOPENED: "重办",
            Outcome.UNREACHABLE: "联系不上",
        }[self]


class How(StrEnum):
    """By which way an answer came."""

    WEB = "web"
    TEXT = "text"
    TELEPHONE = "telephone"
    ON_THE_SPOT = "on_the_spot"
    HOUSEHOLD = "household"

    @property
    def official(self) -> str:
        """The words on the officers' pages."""
        return {
            How.WEB: "自己在网上答的",
            How.TEXT: "自己发短信答的",
            How.TELEPHONE: "电话回访",
            How.ON_THE_SPOT: "现场回访",
            How.HOUSEHOLD: "入户调查",
        }[self]


# What the reporter answers by himself, with nobody listening.
BY_HIMSELF = frozenset({How.WEB, How.TEXT})


class FollowUp(Base):
    """One follow-up. `unit_code` is whose work it asks about, `closed_on` and `due_on` are Shanghai
    dates. Without a `why` the reporter may answer, and nobody visits him."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("ix_follow_up_case_id", "case_id"),
        # What waits for a visit, the earliest date first.
        Index("ix_follow_up_waiting", "ended_how", "due_on"),
        # The figures of a time, unit by unit.
        Index("ix_follow_up_closed_on", "closed_on", "unit_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    closed_on: Mapped[date]
    why: Mapped[Why | None] = mapped_column(choice(Why))
    due_on: Mapped[date]
    # How often nobody could be reached, and when last (a Shanghai date).
    attempts: Mapped[int] = mapped_column(default=0)
    attempted_on: Mapped[date | None]
    outcome: Mapped[Outcome | None] = mapped_column("ended_how", choice(Outcome))
    ended_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    @property
    def waits(self) -> bool:
        """Whether somebody still has to visit the reporter."""
        return self.why is not None and self.outcome is None

    def end(self, outcome: Outcome, at: datetime, *, by: int | None) -> None:
        """End it. `by` is None where the reporter himself had the case opened again."""
        self.outcome, self.ended_at, self.ended_by = outcome, at, by


class Answer(Base):
    """What was answered in a follow-up, by one way. `staff_id` is who asked; None where the
    reporter answered by himself, in which case there is one row, which he may change."""

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint("satisfaction BETWEEN 1 AND 5", name="score"),
        CheckConstraint("solved IS NOT NULL OR satisfaction IS NOT NULL", name="says_something"),
        Index("ix_answer_follow_up_id", "follow_up_id", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id"))
    solved: Mapped[Solved | None] = mapped_column(choice(Solved))
    satisfaction: Mapped[int | None]
    how: Mapped[How] = mapped_column(choice(How))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    answered_at: Mapped[datetime] = mapped_column(UtcMoment)

    @property
    def is_unhappy(self) -> bool:
        """Whether somebody has to ask what is wrong."""
        return is_unhappy(self.solved, self.satisfaction)
