"""An entry in the log of a supervision (督办记录): what sort of text it is. The text, its writer
and its moment are those of the sealed message."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, choice


class EntryKind(StrEnum):
    """What a text is in the log."""

    DEMAND = "demand"
    CHECK = "check"
    PROGRESS = "progress"
    EXTENSION = "extension"
    CLOSING = "closing"

    @property
    def official(self) -> str:
        """The words on the officers' pages."""
        return {
            EntryKind.DEMAND: "立项要求",
            EntryKind.CHECK: "办公室督办",
            EntryKind.PROGRESS: "承办单位反馈",
            EntryKind.EXTENSION: "改日子",
            EntryKind.CLOSING: "销督",
        }[self]


class SupervisionEntry(Base):
    """One text of one supervision."""

    __tablename__ = "supervision_entry"
    __table_args__ = (Index("ix_supervision_entry_supervision_id", "supervision_id"),)

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    supervision_id: Mapped[int] = mapped_column(ForeignKey("supervision.id"))
    kind: Mapped[EntryKind] = mapped_column(choice(EntryKind))
