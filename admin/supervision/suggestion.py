"""A suggestion (系统建议督办): something countable happened to a case, and the office may want to
supervise it. Nobody has to."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from admin.supervision.causes import Cause
from portal.campaign.supervision_rule import Trigger
from portal.foundation.database import Base, UtcMoment, choice


class SuggestionEnd(StrEnum):
    """What became of a suggestion: the case was supervised, wasn't, or was at the time already."""

    TAKEN = "taken"
    DISMISSED = "dismissed"
    COVERED = "covered"


_WAITS = text("ended_at IS NULL")


class Suggestion(Base):
    """One cause, suggested once and never again. The reason of whoever dismissed it lies sealed in
    the message of `message_id`."""

    __tablename__ = "supervision_suggestion"
    __table_args__ = (
        UniqueConstraint("case_id", "trigger", "clock", "due_on", "times"),
        Index(
            "ix_supervision_suggestion_waiting",
            "case_id",
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    trigger: Mapped[Trigger] = mapped_column(choice(Trigger))
    clock: Mapped[str] = mapped_column(String(40))
    due_on: Mapped[date]
    times: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcMoment)
    end: Mapped[SuggestionEnd | None] = mapped_column("ended_how", choice(SuggestionEnd))
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))

    @property
    def cause(self) -> Cause:
        """What it rests on."""
        return Cause(self.trigger, self.clock, self.due_on, self.times)
