"""A change that gives somebody power (人员变动): a new person, a post, or a new one-time link. One
person asks for it, another agrees."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice

# After so long nobody agrees any more.
LAPSES_AFTER = timedelta(days=7)
# So long whoever asked for it can fetch the link after somebody agreed.
FETCHED_WITHIN = timedelta(hours=48)


class What(StrEnum):
    """What is asked for."""

    PERSON = "person"
    POST = "post"
    LINK = "link"

    @property
    def official(self) -> str:
        """The words on the pages."""
        return {What.PERSON: "加人", What.POST: "加岗位", What.LINK: "发新的开户链接"}[self]


class How(StrEnum):
    """How whoever asks for a change made sure who wants it (ASVS 6.4.4)."""

    IN_PERSON = "in_person"
    KNOWN_TELEPHONE = "known_telephone"
    PAPER = "paper"

    @property
    def official(self) -> str:
        """The words on the pages."""
        return _HOW[self]


class Outcome(StrEnum):
    """What became of a change."""

    AGREED = "agreed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"

    @property
    def official(self) -> str:
        """The words on the pages."""
        return {
            Outcome.AGREED: "同意了",
            Outcome.REFUSED: "没有同意",
            Outcome.TAKEN_BACK: "撤回了",
        }[self]


_HOW = {
    How.IN_PERSON: "本人当面来，看过工作证",
    How.KNOWN_TELEPHONE: "打以前就知道的电话问过本人",
    How.PAPER: "有单位盖章的书面材料",
}


class StaffChange(Base):
    """One change. Names, unit and role are `sealed` together with who asked, whom it concerns and,
    once somebody agreed, with who did: a row that somebody wrote or changed by hand opens for
    nobody and is none.

    `staff_id` is whom it concerns; nobody yet where a new person waits for an agreement.
    """

    __tablename__ = "staff_change"
    __table_args__ = (Index("ix_staff_change_decided_at", "decided_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(20), unique=True)
    what: Mapped[What] = mapped_column(choice(What))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    proposed_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcMoment)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    fetched_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)

    @property
    def context(self) -> bytes:
        """What binds the sealed part to this row."""
        return f"staff-change|{self.key}".encode()

    def waits(self, at: datetime) -> bool:
        """Whether somebody may still decide about it."""
        return self.decided_at is None and at - self.proposed_at < LAPSES_AFTER

    def is_fetchable(self, at: datetime) -> bool:
        """Whether its link may still be fetched."""
        agreed = self.outcome is Outcome.AGREED and self.decided_at is not None
        unfetched = agreed and self.fetched_at is None
        return unfetched and self.decided_at is not None and at - self.decided_at < FETCHED_WITHIN
