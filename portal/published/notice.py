"""A published notice: the plan's full text, the hotlines, guides (plan 五(一)); typical cases and
what the campaign achieved (plan 六(二))."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.foundation.database import Base, UtcMoment, choice


class NoticeKind(StrEnum):
    """What a notice is."""

    PLAN = "plan"
    NOTICE = "notice"
    GUIDE = "guide"
    TYPICAL_CASE = "typical_case"
    ACHIEVEMENT = "achievement"

    @property
    def plain(self) -> str:
        """What the public reads."""
        return _PLAIN[self]


_PLAIN = {
    NoticeKind.PLAN: "工作方案",
    NoticeKind.NOTICE: "通知",
    NoticeKind.GUIDE: "办事指南",
    NoticeKind.TYPICAL_CASE: "典型案例",
    NoticeKind.ACHIEVEMENT: "成果经验",
}


class Notice(Base):
    """One notice. `body_html` was cleaned when it was stored; `summary` is plain words for
    citizens. Of a withdrawn one only the title and a dated note are left. What the office wrote
    at its desk (`from_desk`) is no longer changed by the campaign's files."""

    __tablename__ = "notice"

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[NoticeKind] = mapped_column(choice(NoticeKind))
    published_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    body_markdown: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    # Of a typical case: who found it, and in which document.
    finding_body: Mapped[str] = mapped_column(String(80), default="")
    document_number: Mapped[str] = mapped_column(String(80), default="")
    withdrawn_on: Mapped[date | None]
    withdrawn_because: Mapped[str] = mapped_column(String(200), default="")
    from_desk: Mapped[bool] = mapped_column(default=False)
    files: Mapped[list[NoticeFile]] = relationship(
        order_by="NoticeFile.id", cascade="all, delete-orphan", lazy="select"
    )
    releases: Mapped[list[NoticeRelease]] = relationship(
        order_by="NoticeRelease.revision.desc()", cascade="all, delete-orphan", lazy="select"
    )


class NoticeRelease(Base):
    """That a notice was put out or changed, when, and what changed in a sentence. What it said
    before stays at the desk: it may have been changed because it said too much."""

    __tablename__ = "notice_release"
    __table_args__ = (UniqueConstraint("notice_slug", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_slug: Mapped[str] = mapped_column(ForeignKey("notice.slug"))
    revision: Mapped[int]
    released_at: Mapped[datetime] = mapped_column(UtcMoment)
    note: Mapped[str] = mapped_column(String(200))


class NoticeFile(Base):
    """A file that can be fetched with a notice: cleaned when it came, and in the clear, since
    everybody may read it. `name` is its opaque name in addresses, `media_type` for browsers."""

    __tablename__ = "notice_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(32), unique=True)
    notice_slug: Mapped[str] = mapped_column(ForeignKey("notice.slug"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    what: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


# What the public reads; of what was withdrawn only its own page tells.
STANDING = Notice.withdrawn_on.is_(None)
