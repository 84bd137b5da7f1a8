"""A draft of a notice, before the public reads it; and afterwards the record of what it said."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment, choice
from portal.published.notice import NoticeKind


class NoticeState(StrEnum):
    """How far a draft is. Signed: the first of two people released a typical case."""

    DRAFTED = "drafted"
    SENT_BACK = "sent_back"
    SIGNED = "signed"
    SCHEDULED = "scheduled"
    RELEASED = "released"
    DROPPED = "dropped"

    @property
    def official(self) -> str:
        """The word on the publishing desk."""
        return _OFFICIAL[self]


_OFFICIAL = {
    NoticeState.DRAFTED: "待第二人审读",
    NoticeState.SENT_BACK: "已退回修改",
    NoticeState.SIGNED: "一人已签发，待另一人",
    NoticeState.SCHEDULED: "已签发，到时公布",
    NoticeState.RELEASED: "已公布",
    NoticeState.DROPPED: "不用了",
}
# What is still worked on.
OPEN = frozenset(NoticeState) - {NoticeState.RELEASED, NoticeState.DROPPED}
# What a reader may release, send back.
READABLE = OPEN - {NoticeState.SENT_BACK}


class NoticeDraft(Base):
    """One draft of the notice that has, or will have, the address `slug`. `sealed` is its words,
    what it replaces and the answers to what was found, as JSON in a compartment of the office.
    `signed_by` released a typical case first, `released_by` last; `release_at` is when it goes out
    by itself. `problem_id` is the problem of the ledger that it tells of."""

    __tablename__ = "notice_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), index=True)
    kind: Mapped[NoticeKind] = mapped_column(choice(NoticeKind))
    state: Mapped[NoticeState] = mapped_column(choice(NoticeState), index=True)
    drafted_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    drafted_at: Mapped[datetime] = mapped_column(UtcMoment)
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    signed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    released_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    release_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    problem_id: Mapped[int | None] = mapped_column(ForeignKey("problem.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def label(self) -> str:
        """What ties its compartment to it."""
        return f"notice-draft:{self.id}"


class NoticeDraftFile(Base):
    """That a sealed file of the store belongs to a draft. What opens it is sealed with the
    draft."""

    __tablename__ = "notice_draft_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("notice_draft.id"), index=True)
    stored: Mapped[str] = mapped_column(String(32), index=True)
