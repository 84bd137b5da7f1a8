"""A draft of a list of recipients, before a second reader releases it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class ListState(StrEnum):
    """How far a draft is."""

    DRAFTED = "drafted"
    SENT_BACK = "sent_back"
    RELEASED = "released"
    DROPPED = "dropped"

    @property
    def official(self) -> str:
        """The word on the publishing desk."""
        return {
            ListState.DRAFTED: "待第二人审读",
            ListState.SENT_BACK: "已退回修改",
            ListState.RELEASED: "已发布",
            ListState.DROPPED: "不公布了",
        }[self]


OPEN_STATES = (ListState.DRAFTED, ListState.SENT_BACK)


class DistributionDraft(Base):
    """One draft under the number that the list will have. `sealed` is all that was typed and
    uploaded, names already masked, as JSON in a compartment of the office; it is gone when the
    draft is dropped, and when the list is taken down."""

    __tablename__ = "distribution_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    policy_code: Mapped[str] = mapped_column(ForeignKey("policy.code"))
    place_code: Mapped[str] = mapped_column(ForeignKey("place.code"))
    sums_only: Mapped[bool]
    state: Mapped[ListState] = mapped_column(choice(ListState))
    drafted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    drafted_at: Mapped[datetime] = mapped_column(UtcMoment)
    released_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def label(self) -> str:
        """What ties this draft's compartment to it."""
        return f"distribution:{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it may still become a list."""
        return self.state in OPEN_STATES
