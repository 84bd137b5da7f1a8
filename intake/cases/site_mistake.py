"""A mistake on the site that somebody pointed out (网站找错). It is no case: nobody is responsible
for a subsidy in it, and no law but its own promise sets its date."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice


class MistakeOutcome(StrEnum):
    """How it was answered."""

    CORRECTED = "corrected"
    NO_MISTAKE = "no_mistake"
    NOT_ABOUT_SITE = "not_about_site"
    # What was written is a case now, and its writer follows that by the same code.
    REGISTERED = "registered"

    @property
    def official(self) -> str:
        """The word at the desk."""
        return {
            MistakeOutcome.CORRECTED: "改了",
            MistakeOutcome.NO_MISTAKE: "没有错",
            MistakeOutcome.NOT_ABOUT_SITE: "不是网站的事",
            MistakeOutcome.REGISTERED: "登记成件",
        }[self]

    @property
    def plain(self) -> str:
        """The sentence that its writer reads."""
        return {
            MistakeOutcome.CORRECTED: "改好了，谢谢您。",
            MistakeOutcome.NO_MISTAKE: "我们查过了，网页上没有错。",
            MistakeOutcome.NOT_ABOUT_SITE: "这不是网页上的错。该找谁，写在下面。",
            MistakeOutcome.REGISTERED: "这不是网页上的错，我们替您登记成一件了。",
        }[self]


class SiteMistake(Base):
    """One mistake. Words, the page that they name, and the answer lie in a box of their own, which
    the unit that answers holds and the holder of the query code.

    `unit_code` is that unit: the office, or the body in its stead where the words accuse it.
    `sealed`: it belongs to the sealed class, which that body reads.
    `code_digest` and `public_key` are what a receipt of a case keeps of its code. Without an
    `outcome` it waits for its answer; `answered_by` and `answered_at` say who answered first, and
    nobody did what the worker made a case of. `corrected_by` and `corrected_at` are of the wording
    that stands, where it isn't the first. `reminded_at` is when the worker last reminded whoever
    answers it, `overdue_at` when it found that its date was over. `destroyed_on` is the Shanghai
    day on which what was typed was destroyed. `version` grows with every write.
    """

    __tablename__ = "site_mistake"
    __table_args__ = (
        CheckConstraint("outcome IS NOT NULL OR answered_by IS NULL", name="answered_by_somebody"),
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="answered_once"),
        CheckConstraint("(corrected_by IS NULL) = (corrected_at IS NULL)", name="corrected_once"),
        # The queue reads what waits, the oldest first, and what was answered, the newest first.
        Index("ix_site_mistake_outcome_reported_at", "outcome", "reported_at"),
        Index("ix_site_mistake_answered_at", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    unit_code: Mapped[str] = mapped_column(ForeignKey("unit.code"))
    sealed: Mapped[bool] = mapped_column(default=False)
    reported_at: Mapped[datetime] = mapped_column(UtcMoment)
    sealed_words: Mapped[bytes] = mapped_column(LargeBinary)
    # None where nobody said which page it is.
    sealed_page: Mapped[bytes | None] = mapped_column(LargeBinary)
    outcome: Mapped[MistakeOutcome | None] = mapped_column(choice(MistakeOutcome))
    sealed_answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    corrected_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    corrected_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    overdue_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    destroyed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def label(self) -> str:
        """What ties its compartment to it."""
        return f"mistake:{self.number}"

    @property
    def is_destroyed(self) -> bool:
        """Whether what was typed is gone: its time was over, or that of the case it became."""
        return not self.sealed_words

    def end(self, outcome: MistakeOutcome, *, by: int | None, at: datetime) -> None:
        """It waits no more. `by` is None where the worker did it."""
        self.outcome, self.answered_by, self.answered_at = outcome, by, at
        self.version += 1
