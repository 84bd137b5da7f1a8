"""A published notice: the plan's full text, the hotlines, guides (plan 五(一))."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, choice


class NoticeKind(StrEnum):
    """What a notice is."""

    PLAN = "plan"
    NOTICE = "notice"
    GUIDE = "guide"


class Notice(Base):
    """One notice. `body_html` was cleaned when it was stored; `summary` is plain words for
    citizens."""

    __tablename__ = "notice"

    slug: Mapped[str] = mapped_column(String(60), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[NoticeKind] = mapped_column(choice(NoticeKind))
    published_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    body_markdown: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
