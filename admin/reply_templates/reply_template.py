"""A reply template (答复模板): the office's usual words for an answer, in each of their revisions.
They hold no case's content."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, UtcMoment


class ReplyTemplate(Base):
    """One template. `key` names it in addresses and events; while it is retired (停用) nobody is
    offered it."""

    __tablename__ = "reply_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    retired_at: Mapped[datetime | None] = mapped_column(UtcMoment)


class ReplyTemplateRevision(Base):
    """What a template says since `written_at`. `kinds` are the kinds of case that it is for;
    `written_by` is None of what the product brought along."""

    __tablename__ = "reply_template_revision"
    __table_args__ = (UniqueConstraint("template_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("reply_template.id"))
    revision: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    kinds: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime] = mapped_column(UtcMoment)


class ReplyTemplateUse(Base):
    """That a draft of a case began with a template: counted by whoever may see the case, so that a
    count never tells of one that is kept from him."""

    __tablename__ = "reply_template_use"
    __table_args__ = (Index("ix_reply_template_use_template_id", "template_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("reply_template.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    used_at: Mapped[datetime] = mapped_column(UtcMoment)
