"""A summary that the office puts together (总结), in each of its revisions."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin.returns.content import digest_of
from portal.foundation.clock import day_of
from portal.foundation.database import Base, UtcMoment, choice


class SummaryState(StrEnum):
    """How far a revision is."""

    DRAFTED = "drafted"
    FROZEN = "frozen"
    APPROVED = "approved"
    SENT_BACK = "sent_back"

    @property
    def official(self) -> str:
        """The word on the staff's pages."""
        return {
            "drafted": "正在写",
            "frozen": "定稿了，等负责人审签",
            "approved": "审签了",
            "sent_back": "退回重写",
        }[self.value]


class Summary(Base):
    """One revision of the summary that hangs on the calendar's `duty`. Its sentences (`words`), the
    lists behind its numbers (`behind`), the answers to what the leak check found and the `reason`
    why it was sent back are sealed to the office. `content` is the canonical text that was frozen,
    its numbers among it, `digest` the SHA-256 over it: from then on neither changes. `version`
    counts every write on."""

    __tablename__ = "summary"
    __table_args__ = (UniqueConstraint("duty", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(8), unique=True)
    duty: Mapped[str] = mapped_column(String(40))
    revision: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[SummaryState] = mapped_column(choice(SummaryState))
    words: Mapped[bytes] = mapped_column(LargeBinary)
    behind: Mapped[bytes | None] = mapped_column(LargeBinary)
    answers: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)
    content: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))
    template_revision: Mapped[int | None]
    frozen_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    frozen_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcMoment)

    @property
    def label(self) -> str:
        """What ties its compartment to it."""
        return f"summary:{self.key}"

    @property
    def approved_on(self) -> date | None:
        """The Shanghai day on which it was approved."""
        return day_of(self.approved_at) if self.approved_at else None

    @property
    def is_intact(self) -> bool:
        """Whether what was frozen is still what it was."""
        return self.digest is None or digest_of(self.content or "") == self.digest
