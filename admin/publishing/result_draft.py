"""A draft of a rectification result, before a second reader releases it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class DraftState(StrEnum):
    """How far a draft is."""

    DRAFTED = "drafted"
    SENT_BACK = "sent_back"
    RELEASED = "released"

    @property
    def official(self) -> str:
        """The word on the publishing desk."""
        return {
            DraftState.DRAFTED: "待第二人审读",
            DraftState.SENT_BACK: "已退回修改",
            DraftState.RELEASED: "已发布",
        }[self]


class ResultDraft(Base):
    """One draft. `sealed` is its sentences and the answers to what the leak check found, as JSON in
    a compartment of the office."""

    __tablename__ = "result_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), index=True)
    state: Mapped[DraftState] = mapped_column(choice(DraftState))
    drafted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    drafted_at: Mapped[datetime] = mapped_column(UtcMoment)
    released_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)
